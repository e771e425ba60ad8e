package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person gets for what a person types. */
class FleetCommandTest extends CommandTest {
    @Test
    void aGoodStackIsShownWithExitCodeZero() {
        assertThat(fleet("preview", "dev")).isZero();
        assertThat(out.toString())
                .contains("buildkite-fleet / dev", "pool-big-nodes", "QUEUE")
                .contains("pulumi config set --secret buildkite-fleet:agentToken --stack dev");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theTableOfQueuesSaysWhichRunSignedStepsAloneAndWhichSigns() throws IOException {
        Files.copy(Path.of("src/test/resources/stacks/Pulumi.full.yaml"), project.resolve("Pulumi.full.yaml"));

        assertThat(fleet("preview", "full")).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("QUEUE .* CAN +TRUST +STEPS +ONLY FOR +TAGS")
                .containsPattern(
                        "deploy .* kubectl helm +trusted +signed alone +main, release/\\*, pipeline app, .* queue=deploy")
                .containsPattern("upload .* - +trusted +signs them +any +queue=upload")
                .containsPattern("untrusted .* - +untrusted +any +any +queue=untrusted");
        out.getBuffer().setLength(0);
        fleet("preview", "dev");
        assertThat(out.toString()).containsPattern("QUEUE .* CAN +TAGS").doesNotContain("TRUST", "STEPS", "ONLY FOR");
    }

    @Test
    void theMacsQueueIsInTheTableToo() throws IOException {
        assertThat(Files.readString(project.resolve("Pulumi.dev.yaml"))).doesNotContain("mac:");
        fleet("preview", "dev", "--summary");
        assertThat(out.toString()).doesNotContain("your mac");
        out.getBuffer().setLength(0);

        Files.copy(Path.of("src/test/resources/stacks/Pulumi.full.yaml"), project.resolve("Pulumi.full.yaml"));
        assertThat(fleet("preview", "full", "--summary")).as(err.toString()).isZero();
        assertThat(out.toString()).containsPattern("\nmac[a-z-]* +- +your mac( +-)+ +queue=mac[a-z-]*\n");
    }

    @Test
    void aPreviewSaysWhatTheMonthCosts() {
        fleet("cost", "dev", "--json");
        var sums = JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonObject("sums");
        out.getBuffer().setLength(0);

        fleet("preview", "dev", "--summary");
        var line = out.toString()
                .lines()
                .filter(text -> text.startsWith("Cost a month: "))
                .findFirst()
                .orElseThrow();
        for (var scenario : List.of("load", "min", "max")) {
            assertThat(line.replace(",", ""))
                    .contains(sums.get(scenario).getAsBigDecimal().setScale(2).toPlainString());
        }
    }

    @Test
    void withoutATerminalThereIsNoColour() {
        fleet("preview", "dev");
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void jsonIsPulumisShapeWithTheFleetBesideIt() {
        assertThat(fleet("preview", "dev", "--json")).isZero();
        var plan = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(plan.keySet()).contains("config", "steps", "changeSummary", "fleet");
        assertThat(plan.getAsJsonObject("fleet").getAsJsonArray("queues")).hasSize(2);
        assertThat(plan.getAsJsonArray("steps").asList())
                .allMatch(step -> step.getAsJsonObject().get("op").getAsString().equals("create"));
    }

    @Test
    void outKeepsTheSameJson() throws IOException {
        var file = project.resolve("plan.json");
        fleet("preview", "dev", "--json", "--out", file.toString());
        assertThat(Files.readString(file)).isEqualTo(out.toString());
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidAndLeavesNothing() throws IOException {
        assertThat(fleet(
                        "preview",
                        "dev",
                        "--out",
                        project.resolve("no/such/plan.json").toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("--out " + project.resolve("no/such/plan.json") + ": there is no directory "
                        + project.resolve("no/such") + "; make it, or name another file");
        assertThat(project.resolve("no")).doesNotExist();
    }

    @Test
    void aDirectoryIsNoFileToWrite() {
        assertThat(fleet("preview", "dev", "--out", project.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is a directory; name a file");
    }

    @Test
    void aWrongConfigurationIsToldWholeWithExitCodeOne() throws IOException {
        edit(yaml -> yaml.replace("max: 4", "max: many").replace("organization:", "organisation:"));
        assertThat(fleet("preview", "dev")).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines().toList()).first().asString().isEqualTo("Pulumi.dev.yaml: 3 problems");
        assertThat(err.toString())
                .contains("fleet.organisation: is not a key here; did you mean 'organization'?")
                .contains("fleet.pools.big.max: must be a whole number from 1 to 15000, got \"many\"")
                .doesNotContain("is missing", "Exception", "\tat ");
    }

    @Test
    void aStackIsNamedAsPulumiTakesIt() throws IOException {
        assertThat(fleet("preview", "acme/buildkite-fleet/dev"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains(
                        "buildkite-fleet / dev",
                        "--secret buildkite-fleet:agentToken --stack acme/buildkite-fleet/dev");
        var plan = project.resolve("plan.json");
        assertThat(fleet("preview", "dev", "--out", plan.toString())).isZero();
        for (var command : new String[] {"diff", "review"}) {
            assertThat(fleet(command, "acme/dev", "--base", plan.toString()))
                    .as(err.toString())
                    .isZero();
        }
        assertThat(fleet("check", "acme/dev", "--plan", plan.toString()))
                .as(err.toString())
                .isZero();
        assertThat(fleet("cost", "acme/other/dev")).isEqualTo(1);
        assertThat(err.toString()).contains("\"acme/other/dev\" is a stack of the project other");
    }

    @Test
    void whatAnEnvironmentMayHaveIsNotJustSaidToBeMissing() throws IOException {
        Files.writeString(project.resolve("Pulumi.prod.yaml"), "environment: [acme/ci-prod, acme/base]\n");
        assertThat(fleet("preview", "prod")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "buildkite-fleet:fleet: is not in Pulumi.prod.yaml; environment: acme/ci-prod, acme/base may have "
                                + "it, but Pulumi alone opens that; give ./fleet what it finds there: pulumi config --json --stack prod "
                                + ">FILE.json, then --config-file FILE.json; or keep it in the file, where reviews see it")
                .contains("gcp:project: is not in Pulumi.prod.yaml; environment: ")
                .doesNotContain("is missing");
    }

    @Test
    void aSecretMayBeAnEnvironments() throws IOException {
        edit(yaml -> "environment:\n  imports: [acme/ci-dev, {acme/base: {merge: false}}]\n  values: {a: b}\n" + yaml);
        assertThat(fleet("preview", "dev")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains(
                        "--secret buildkite-fleet:agentToken --stack dev, unless environment: acme/ci-dev, acme/base, the "
                                + "one in the file has it\n");
    }

    @Test
    void whatHasTheNameOfAStacksFileAndIsNoneIsSaid() throws IOException {
        Files.createDirectory(project.resolve("Pulumi.folder.yaml"));
        Files.createSymbolicLink(project.resolve("Pulumi.gone.yaml"), Path.of("nowhere"));
        assertThat(fleet("cost", "folder")).isOne();
        assertThat(fleet("cost", "gone")).isOne();
        assertThat(fleet("cost", "other")).isOne();
        assertThat(err.toString().lines())
                .containsExactly(
                        project.resolve("Pulumi.folder.yaml")
                                + " is a directory; the configuration of a stack is a file",
                        project.resolve("Pulumi.gone.yaml") + " is a symbolic link to nothing",
                        "there is no stack \"other\" (Pulumi.other.yaml in " + project + "); stacks here: dev");
    }

    @Test
    void aPipeWithTheNameOfAStacksFileIsNotWaitedFor() throws Exception {
        var pipe = project.resolve("Pulumi.pipe.yaml");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(fleet("cost", "dve")).isOne();
        assertThat(fleet("cost", "pipe")).isOne();
        assertThat(err.toString())
                .contains("stacks here: dev; did you mean dev?", pipe + " is no regular file")
                .hasLineCount(2);
    }

    @Test
    void aWaiverThatCheckRefusesIsSaidByAPreviewToo() throws IOException {
        edit(yaml -> yaml.replace("rule: cluster-groups", "rule: cluster-group"));
        assertThat(fleet("preview", "dev", "--summary")).isZero();
        assertThat(err.toString())
                .startsWith("warning: buildkite-fleet:fleet.waivers[2].rule: ")
                .contains("\"cluster-group\"", "'cluster-groups'")
                .hasLineCount(1);
    }

    @Test
    void whoNamesNoRepositoryIsToldThatNoPushRunsByItself() throws IOException {
        fleet("preview", "dev", "--summary");
        assertThat(out.toString()).doesNotContain("Without repositories");

        edit(yaml -> yaml.replaceFirst("(?m)^ +repositories:.*\n", ""));
        assertThat(fleet("preview", "dev", "--summary")).isZero();
        assertThat(out.toString()).contains("Without repositories, every build on a trusted queue has to be started");
    }

    @Test
    void ofManyNamesAFewAreTold() throws IOException {
        var pools = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            pools.append("      p").append(i).append(": {machineType: n1-standard-8, max: 1}\n");
        }
        edit(yaml ->
                yaml.replace("    pools:\n", "    pools:\n" + pools).replace("{pool: light}", "{pool: nosuchpool}"));
        assertThat(fleet("cost", "dev")).isOne();
        assertThat(err.toString()).containsPattern("is not a pool, got \"nosuchpool\"; there are: .* and 972 more\n");
    }

    @Test
    void whatYamlReadsAsOctalIsSaidByAPreviewOnce() throws IOException {
        edit(yaml -> yaml.replace("    region: us-west1\n", "    region: us-west1\n    load: {hoursADay: 010}\n"));
        assertThat(fleet("preview", "dev", "--summary")).isZero();
        assertThat(out.toString())
                .containsOnlyOnce("warning: buildkite-fleet:fleet.load.hoursADay: is 8: YAML reads 010 (line ");
    }

    @Test
    void aProjectsIdIsToldWithItsForm() throws IOException {
        edit(yaml -> yaml.replace("acme-ci-dev", "mz-ci"));
        assertThat(fleet("cost", "dev")).isOne();
        assertThat(err.toString()).contains("(6 to 30 small letters, digits and hyphens", "got \"mz-ci\"");
    }

    @Test
    void anUnknownStackIsToldWithThoseThatExist() {
        assertThat(fleet("preview", "dve")).isEqualTo(1);
        assertThat(err.toString()).contains("dve", "dev").hasLineCount(1);
    }

    @Test
    void yamlThatCannotBeReadIsToldWithLineAndColumn() throws IOException {
        edit(yaml -> yaml.replace("zones: [us-west1-a]", "zones: [us-west1-a"));
        assertThat(fleet("preview", "dev")).isEqualTo(1);
        assertThat(err.toString()).startsWith("Pulumi.dev.yaml:9:").hasLineCount(1);
    }

    @Test
    void aDirectoryWithoutAProjectIsSaid() throws IOException {
        Files.delete(project.resolve("Pulumi.yaml"));
        assertThat(fleet("preview", "dev")).isEqualTo(1);
        assertThat(err.toString()).contains("no Pulumi.yaml in " + project).hasLineCount(1);
    }

    @Test
    void aShellIsOnlyOfferedWhereSomebodyMayOpenIt() throws IOException {
        assertThat(fleet("shell", "dev", "big")).isEqualTo(1);
        assertThat(err.toString()).startsWith("nobody may debug big").hasLineCount(1);
        edit(yaml -> yaml.replace("can: [docker]", "can: [docker], debuggers: [\"user:jane@example.com\"]"));
        assertThat(fleet("shell", "dev", "big", "--trace")).isZero();
        assertThat(out.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("gcloud container clusters get-credentials bk-dev"))
                .anyMatch(line -> line.contains("--image nicolaka/netshoot:v0.16 --target container-0"));
    }

    @Test
    void whatTracesAJobComesFromTheMirrorIfThereIsOne() throws IOException {
        edit(yaml -> yaml.replace("can: [docker]", "can: [docker], debuggers: [\"user:jane@example.com\"]")
                .replace("    region:", "    registryMirror: us-docker.pkg.dev/acme-ci/mirror\n    region:"));
        fleet("shell", "dev", "big", "--trace");
        assertThat(out.toString())
                .contains("--image us-docker.pkg.dev/acme-ci/mirror/docker.io/nicolaka/netshoot:v0.16 --target");
        fleet("shell", "dev", "big", "--trace", "--image", "busybox:1");
        assertThat(out.toString()).contains("--image busybox:1 --target");
    }

    @Test
    void wrongUsageHasExitCodeTwo() {
        assertThat(fleet("preview")).isEqualTo(2);
        assertThat(fleet("preview", "dev", "--jsn")).isEqualTo(2);
        assertThat(fleet("preveiw", "dev")).isEqualTo(2);
        assertThat(fleet()).isEqualTo(2);
        assertThat(err.toString()).contains("STACK", "--jsn", "preveiw", "name a command");
    }

    @Test
    void helpForACommandThatDoesNotExistIsWrongUsage() {
        assertThat(fleet("nosuch", "--help")).isEqualTo(2);
        assertThat(fleet("--version", "chekc")).isEqualTo(2);
        assertThat(err.toString()).contains("'nosuch'", "'chekc'", "check");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theNearestCommandIsNamedAndNoOtherIs() {
        assertThat(fleet("preveiw", "dev")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("there is no command 'preveiw'; did you mean preview?\nSee: ./fleet --help\n");
        err.getBuffer().setLength(0);
        assertThat(fleet("nosuch")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("there is no command 'nosuch'\nSee: ./fleet --help\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"check dev --fail-no low", "diff dev --fail-no", "preview dev --jsno", "preview --jsno dev"})
    void theNearestOptionIsNamedWhereverItStands(String line) {
        assertThat(fleet(line.split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .contains(line.startsWith("diff") ? "diff has no option '--fail-no'" : "; did you mean --")
                .contains("See: ./fleet " + line.split(" ")[0] + " --help");
    }

    @Test
    void whatIsPulumisComesBehindTheStack() {
        assertThat(fleet("up", "--yes", "dev")).isEqualTo(2);
        assertThat(err.toString()).startsWith("the stack comes before what is Pulumi's, as in ./fleet up dev --yes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "destroy dev --stack prod --skip-preview --yes",
                "destroy dev --stack=prod",
                "destroy dev -s prod",
                "destroy dev -sprod",
                "destroy dev -s=prod",
                "destroy dev -yfs prod",
                "destroy dev -Qs prod",
                "destroy dev -- --stack prod",
                "destroy dev --cwd /tmp",
                "destroy dev -yC/tmp",
                "up dev --stack prod",
                "up dev --yes --drain -ys prod",
                "up dev --resume --stack prod",
                "preview dev --engine --stack prod",
                "preview dev --engine --cwd=/tmp"
            })
    void pulumiIsToldOfTheStackThatWasLookedAtAndNoOther(String line) {
        assertThat(fleet(line.split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("the stack is named once, as in ./fleet " + line.split(" ")[0] + " dev, ")
                .contains("leave out -");
    }

    @Test
    void aPreviewIsOfOneStack() {
        assertThat(fleet("preview", "dev", "prod")).isEqualTo(2);
        assertThat(err.toString()).startsWith("preview takes one stack, got: dev prod\n");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(fleet("help")).isZero();
        assertThat(fleet("help", "diff")).isZero();
        assertThat(fleet("help", "test")).isZero();
        assertThat(out.toString())
                .contains("Usage: fleet [", "completion", "bench", "Usage: fleet diff", "Usage: fleet test");
        assertThat(fleet("help", "preveiw")).isEqualTo(2);
        assertThat(err.toString()).startsWith("there is no command 'preveiw'; did you mean preview?\n");
    }

    @Test
    void theListOfCommandsHasWholeSentences() {
        assertThat(FleetCommand.commandLine().getSubcommands().values())
                .extracting(command -> command.getCommandSpec().usageMessage().description()[0])
                .allMatch(sentence -> sentence.matches(".*[.:]"));
    }

    @Test
    void theVersionNamesTheCommitAndWhatIsPinned() {
        assertThat(fleet("--version")).isZero();
        assertThat(out.toString())
                .matches(
                        "(?s)buildkite-fleet .*, commit ([0-9a-f]{12}( with changes that are in no commit)?|unknown)\n.*")
                .containsPattern("chart agent-stack-k8s \\d+\\.\\d+\\.\\d+\nagent \\d+\\.\\d+\\.\\d+\n")
                .containsPattern("plugins gcp \\d+\\.\\d+\\.\\d+, kubernetes \\d+\\.\\d+\\.\\d+\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pulumi.dev.yaml", "DIRECTORY/Pulumi.dev.yaml", "./Pulumi.dev.yaml"})
    void aStackMayBeNamedByItsFile(String file) {
        assertThat(fleet("cost", file.replace("DIRECTORY", project.toString())))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).startsWith("dev, ");
    }

    @Test
    void aNameThatNoFileCanHaveIsSaidWithoutJavasWords() {
        assertThat(fleet("cost", "d\0v")).isOne();
        assertThat(err.toString())
                .contains("can't be the name of a file here")
                .doesNotContain("Exception", "\tat ")
                .hasLineCount(1);
    }

    @Test
    void aFileElsewhereIsNoStackHere() {
        assertThat(fleet("cost", "elsewhere/Pulumi.dev.yaml")).isOne();
        assertThat(err.toString())
                .isEqualTo("\"elsewhere/Pulumi.dev.yaml\" is no file of a stack of this project; they are in " + project
                        + "; another file is read with: dev --config-file elsewhere/Pulumi.dev.yaml\n");
    }

    @Test
    void theSummaryIsThePreviewWithoutItsTree() {
        fleet("preview", "dev");
        var whole = out.toString();
        out.getBuffer().setLength(0);

        assertThat(fleet("preview", "dev", "--summary")).isZero();
        var lines = out.toString().lines().toList();
        assertThat(lines.get(0)).isEqualTo(whole.lines().findFirst().orElseThrow());
        assertThat(whole).endsWith(out.toString().substring(lines.get(0).length()));
        assertThat(out.toString()).doesNotContain("├─", "└─").contains("QUEUE");
    }

    @Test
    void aDifferenceHasAnExitCodeForWhoAsks() throws IOException {
        var plan = project.resolve("plan.json");
        fleet("preview", "dev", "--out", plan.toString());
        assertThat(fleet("diff", "dev", "--base", plan.toString(), "--exit-code"))
                .isZero();

        edit(yaml -> yaml.replaceFirst("max: 4", "max: 5"));
        assertThat(fleet("diff", "dev", "--base", plan.toString())).isZero();
        assertThat(fleet("diff", "dev", "--base", plan.toString(), "--exit-code"))
                .isEqualTo(3);
        Files.copy(project.resolve("Pulumi.dev.yaml"), project.resolve("Pulumi.same.yaml"));
        assertThat(fleet("diff", "dev", "--base", "Pulumi.same.yaml", "--exit-code"))
                .as(out.toString())
                .isZero();
        assertThat(fleet("diff", "dev", "--base", "nosuch.json", "--exit-code")).isOne();
    }

    @Test
    void helpForACommandThatExistsIsShown() {
        assertThat(fleet("check", "--help")).isZero();
        assertThat(fleet("--help")).isZero();
        assertThat(out.toString()).contains("Usage: fleet check", "Usage: fleet [");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--skip-preview", "--skip-preview=true", "-f", "-yf", "-Qyf"})
    void aProtectedStackIsNotDestroyedWithoutAPreview(String option) throws IOException {
        edit(yaml -> yaml.replace("protect: false", "protect: true"));
        assertThat(fleet("destroy", "dev", "--yes", option)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("dev is protected: leave out --skip-preview")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"preview", "cost", "check"})
    void aFileThatIsNamedIsTheStacksConfiguration(String command) throws IOException {
        var trial = project.resolve("trial.yaml");
        Files.writeString(
                trial,
                Files.readString(project.resolve("Pulumi.dev.yaml"))
                        .replace("light: {machineType: n1-standard-1,", "light: {machineType: n1-standard-2,"));
        fleet(command, "dev");
        var without = out.toString();
        out.getBuffer().setLength(0);

        assertThat(fleet(command, "dev", "--config-file", trial.toString())).isZero();
        assertThat(err.toString()).isEmpty();
        if (!command.equals("check")) {
            assertThat(without).doesNotContain("n1-standard-2");
            assertThat(out.toString()).contains("n1-standard-2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"preview", "diff", "cost", "check", "review", "doctor", "keys", "shell", "up", "destroy"})
    void aConfigFileThatIsNotThereIsSaid(String command) {
        var file = project.resolve("trial.yaml");
        var arguments = new ArrayList<>(List.of(command, "dev", "--config-file", file.toString()));
        if (command.equals("diff") || command.equals("review")) {
            arguments.addAll(List.of("--base", "HEAD"));
        } else if (command.equals("shell")) {
            arguments.add("big");
        }

        assertThat(fleet(arguments.toArray(String[]::new))).isOne();
        assertThat(err.toString()).isEqualTo("--config-file " + file + ": there is no such file\n");
    }

    @Test
    void whatIsWrongIsSaidOfTheFileThatIsNamed() throws IOException {
        var trial = project.resolve("trial.yaml");
        Files.writeString(
                trial,
                Files.readString(project.resolve("Pulumi.dev.yaml")).replace("region: us-west1", "region: west"));

        assertThat(fleet("cost", "dev", "--config-file", trial.toString())).isOne();
        assertThat(err.toString()).startsWith("trial.yaml: 1 problem\n").contains("got \"west\"");
    }

    @Test
    void whatIsMissingIsToBeSetInTheFileThatIsNamed() throws IOException {
        var dev = Files.readString(project.resolve("Pulumi.dev.yaml"));
        var trial = Files.writeString(project.resolve("trial.yaml"), dev);
        assertThat(fleet("preview", "dev", "--config-file", trial.toString())).isZero();
        assertThat(out.toString())
                .contains("pulumi config set --secret buildkite-fleet:agentToken --stack dev --config-file " + trial
                        + "\n");

        Files.writeString(trial, dev.replaceFirst("gcp:project", "gcp:zone"));
        assertThat(fleet("preview", "dev", "--config-file", trial.toString())).isOne();
        assertThat(err.toString()).contains("pulumi config set gcp:project PROJECT --stack dev --config-file " + trial);
    }

    @Test
    void findingsAreAtTheFileOfTheStack() throws IOException {
        Files.writeString(
                project.resolve("Pulumi.yaml"),
                Files.readString(project.resolve("Pulumi.yaml")) + "stackConfigDir: stacks\n");
        Files.createDirectory(project.resolve("stacks"));
        Files.move(project.resolve("Pulumi.dev.yaml"), project.resolve("stacks/Pulumi.dev.yaml"));

        fleet("check", "dev", "--format", "sarif");
        assertThat(out.toString())
                .contains("\"uri\": \"stacks/Pulumi.dev.yaml\"")
                .doesNotContain("\"uri\": \"Pulumi.dev.yaml\"");
    }

    @Test
    void aConfigFileOfAnotherFormIsSaid() throws IOException {
        var file = Files.writeString(project.resolve("trial.txt"), "config: {}\n");

        assertThat(fleet("preview", "dev", "--config-file", file.toString())).isOne();
        assertThat(err.toString()).isEqualTo("--config-file " + file + ": must end in .yaml, .yml or .json\n");
    }

    @Test
    void aConfigFileIsOfOneStack() {
        assertThat(fleet("review", "dev", "prod", "--base", "HEAD", "--config-file", "trial.yaml"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--config-file is for one stack, got dev, prod");
    }

    @Test
    void aStackHasACost() {
        assertThat(fleet("cost", "dev", "--at", "max")).isZero();
        assertThat(out.toString()).contains("dev, 730 hours at max: ", "big: n1-standard-8 preemptible", "GKE cluster");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aCostForToolsHasEveryMonth() {
        assertThat(fleet("cost", "dev", "--json")).isZero();
        var cost = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(cost.getAsJsonObject("months").keySet()).containsExactly("min", "load", "max");
    }

    @Test
    void aStackIsComparedWithItsPlanOfBefore() throws IOException {
        var before = project.resolve("before.json");
        fleet("preview", "dev", "--out", before.toString());
        edit(yaml -> yaml.replace(
                "light: {machineType: n1-standard-1, capacity: preemptible, max: 4}",
                "light: " + "{machineType: n1-standard-1, capacity: preemptible, max: 8}"));
        out.getBuffer().setLength(0);

        assertThat(fleet("diff", "dev", "--base", before.toString())).isZero();
        assertThat(out.toString())
                .contains("autoscaling.totalMaxNodeCount: 4 → 8", "Queue light: maxNodes 4 → 8")
                .containsPattern("max +[0-9.]+ +[0-9.]+ +\\+")
                .doesNotContain("DANGER");
    }

    @Test
    void aDifferenceForToolsHasChangesQueuesAndCost() throws IOException {
        var before = project.resolve("before.json");
        fleet("preview", "dev", "--out", before.toString());
        out.getBuffer().setLength(0);

        assertThat(fleet("diff", "dev", "--base", before.toString(), "--json")).isZero();
        var diff = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(diff.getAsJsonArray("changes")).isEmpty();
        assertThat(diff.getAsJsonArray("queues")).isEmpty();
        assertThat(diff.getAsJsonObject("cost").get("before"))
                .isEqualTo(diff.getAsJsonObject("cost").get("after"));
    }

    @Test
    void aBaseThatIsNothingIsSaid() {
        assertThat(fleet("diff", "dev", "--base", "before.json")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("--base before.json: is no file, and the project is in no git repository");
        assertThat(fleet("diff", "dev")).isEqualTo(2);
    }

    @Test
    void aBaseThatIsNoTextIsSaid() throws IOException {
        var base = Files.write(project.resolve("before.json"), new byte[] {(byte) 0xff});
        assertThat(fleet("diff", "dev", "--base", base.toString())).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("--base " + base + ": can't be read (it is not UTF-8 text)");
    }
}
