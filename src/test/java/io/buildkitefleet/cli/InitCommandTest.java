package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person gets of {@code ./fleet init}. */
class InitCommandTest extends CommandTest {
    private static final List<String> ALL = List.of(
            "--project=acme-ci",
            "--region=us-west1",
            "--organization=acme",
            "--repository=git@github.com:acme/app.git");

    private static final List<String> ON_OWN_SERVER = List.of(
            "--project=acme-ci",
            "--region=us-west1",
            "--organization=acme",
            "--repository=git@ghe.corp.example:acme/app.git");

    /** The key is that of github.com, as it is published. */
    private static final String OWN_KEY =
            "ghe.corp.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    private Path file;

    @BeforeEach
    void theFileThatIsToBe() {
        file = project.resolve("Pulumi.ci.yaml");
    }

    private int init(String stack, List<String> options, String... others) {
        return fleet(words(stack, options, others));
    }

    private static String[] words(String stack, List<String> options, String... others) {
        var words = new ArrayList<>(List.of("init", stack));
        words.addAll(options);
        words.addAll(List.of(others));
        return words.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "prod", "PROD"})
    void whatItWritesIsPreviewedAndCheckedAtOnce(String example) {
        assertThat(init("ci", ALL, "--like", example)).as(err.toString()).isZero();
        assertThat(fleet("preview", "ci", "--summary")).as(err.toString()).isZero();
        assertThat(fleet("check", "ci", "--fail-on", "low")).as(out.toString()).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void itSaysWhatAMonthCostsAsAPreviewDoes() {
        init("ci", ALL);
        var cost = out.toString()
                .lines()
                .filter(line -> line.startsWith("Cost a month: "))
                .findFirst()
                .orElseThrow();
        out.getBuffer().setLength(0);
        fleet("preview", "ci", "--summary");
        assertThat(out.toString()).contains(cost + "\n");
    }

    @Test
    void itSaysWhatTheLeastThatAMonthCostsIsFor() {
        init("ci", ALL);
        assertThat(out.toString())
                .contains(
                        "\nOf what it costs at min, 73.00 is for GKE cluster, 50.00 is for logs, "
                                + "48.92 is for system: e2-standard-2 on-demand, 22.50 is for NAT: traffic; volumes are assumed");
    }

    @Test
    void thePageOnCostsHasTheFiguresOfASmallStack() throws IOException {
        init("ci", ALL);
        var page = Files.readString(Path.of("docs", "costs.md"));
        var usage = Pattern.compile("With `(\\{logsGib: [^}]+})`").matcher(page);
        assertThat(usage.find()).isTrue();

        assertThat(page).contains("costs " + least() + " USD a month in us-west1 before its first build");
        var stack = project.resolve("Pulumi.ci.yaml");
        Files.writeString(
                stack,
                Files.readString(stack)
                        .replace("    protect: false\n", "    protect: false\n    usage: " + usage.group(1) + "\n"));
        assertThat(page).contains("  comes to " + least() + ".");
    }

    /** The sum of a month at min. */
    private String least() {
        out.getBuffer().setLength(0);
        assertThat(fleet("cost", "ci", "--at", "min")).as(err.toString()).isZero();
        return out.toString().replaceFirst("(?s)^ci, 730 hours at min: ([0-9.]+) USD.*", "$1");
    }

    @Test
    void itSaysWhatComesNextWithTheNamesOfTheStack() {
        init("ci", ALL, "--like", "prod", "--buildkite-cluster", "CI");
        assertThat(out.toString())
                .contains(
                        "gcloud projects create acme-ci\n",
                        "pulumi stack init ci --secrets-provider ",
                        "in cluster CI of https://buildkite.com/organizations/acme/clusters, make the self-hosted queues "
                                + "big, deploy, light and an agent token",
                        "pulumi config set --secret buildkite-fleet:agentToken --stack ci\n",
                        "make the self-hosted queue untrusted and an agent token",
                        "pulumi config set --secret buildkite-fleet:untrustedAgentToken --stack ci\n",
                        "./fleet doctor ci");
    }

    @Test
    void theFileHasNotesOnWhatIsMadeAtBuildkite() throws IOException {
        init("ci", ALL, "--buildkite-cluster", "CI\nprotect: false");
        assertThat(Files.readAllLines(file))
                .startsWith("# Buildkite:")
                .anyMatch(line -> line.startsWith("#   in cluster CI\\u000aprotect: false of https://buildkite.com/"))
                .contains("#   pulumi config set --secret buildkite-fleet:agentToken --stack ci");
    }

    @Test
    void editorsFindTheSchemaFromWhereTheFileIs() throws IOException {
        Files.createDirectories(project.resolve("docs/schema"));
        Files.createDirectories(project.resolve("stacks"));
        Files.writeString(project.resolve("docs/schema/pulumi-stack.json"), "{}");
        Files.writeString(project.resolve("Pulumi.yaml"), "name: acme\nruntime: java\nstackConfigDir: stacks\n");

        assertThat(init("ci", ALL)).as(err.toString()).isZero();
        assertThat(Files.readAllLines(project.resolve("stacks/Pulumi.ci.yaml")))
                .startsWith(
                        "# yaml-language-server: $schema=../docs/schema/pulumi-stack.json",
                        "# $schema: ../docs/schema/pulumi-stack.json");
    }

    @Test
    void allThatIsMissingIsSaidAtOnceWithoutATerminal() {
        assertThat(init("ci", List.of("--region=us-west1"))).isEqualTo(2);
        assertThat(err.toString()).startsWith("init needs --project, --organization, --repository, ");
        assertThat(file).doesNotExist();
    }

    @Test
    void whatIsMissingIsAskedForOnATerminal() throws IOException {
        var answers = List.of("acme-ci", "", "acme", "git@github.com:acme/app.git");
        assertThat(fleetAsked(answers, words("ci", List.of("--region=us-west1"))))
                .isZero();
        assertThat(out.toString())
                .contains("Google Cloud project", "Buildkite organization", "Git repository")
                .doesNotContain("Google Cloud region");
        assertThat(Files.readString(file)).contains("organization: acme\n");
    }

    @Test
    void eachAnswerIsCheckedBeforeTheNextQuestion() throws IOException {
        var answers = List.of("acme-ci", "us-west1", "Acme Inc", "acme", "git@github.com:acme/app.git");
        assertThat(fleetAsked(answers, words("ci", List.of()))).isZero();
        assertThat(out.toString())
                .contains("The organization must be a slug as in buildkite.com/SLUG, got \"Acme Inc\"")
                .doesNotContain("--organization");
        assertThat(Files.readString(file)).contains("organization: acme\n", "project: acme-ci\n");
    }

    @Test
    void whatAnOptionSaysIsCheckedBeforeTheFirstQuestion() {
        assertThat(fleetAsked(List.of(), words("ci", List.of("--organization=Acme Inc"))))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith("The organization must be a slug").hasLineCount(2);
    }

    @Test
    void whoAnswersNothingIsToldThatItIsNeeded() {
        assertThat(fleetAsked(List.of(""), words("ci", List.of()))).isEqualTo(1);
        assertThat(out.toString()).contains("The project is needed; Ctrl-D ends this");
    }

    @Test
    void aServerOfOnesOwnIsTakenWithItsKey() throws IOException {
        assertThat(init("ci", ON_OWN_SERVER, "--known-host", OWN_KEY))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(file)).contains("    checkout: {knownHosts: [\"" + OWN_KEY + "\"]}\n");
        assertThat(fleet("preview", "ci", "--summary")).as(err.toString()).isZero();
    }

    @Test
    void aServerThatNobodyKnowsIsToldWithTheOptionForItsKey() {
        assertThat(init("ci", ON_OWN_SERVER)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("--known-host: is missing for ghe.corp.example, a server that the fleet does not know; "
                        + "ssh-keyscan ghe.corp.example prints what answers")
                .hasLineCount(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void aTerminalAsksForTheKeyOfAServerThatNobodyKnows() throws IOException {
        assertThat(fleetAsked(List.of("no key", OWN_KEY), words("ci", ON_OWN_SERVER)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("The server's key is missing for ghe.corp.example", "The server's key must be a line");
        assertThat(Files.readString(file)).contains(OWN_KEY);
    }

    @Test
    void whoHasNoKeyOfAServerNamesAnotherRepository() throws IOException {
        var answers = List.of("", "https://ghe.corp.example/acme/app.git");
        assertThat(fleetAsked(answers, words("ci", ON_OWN_SERVER, "--repository=git@github.com:acme/site.git")))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(file))
                .contains("repositories: [\"git@github.com:acme/site.git\", \"https://ghe.corp.example/acme/app.git\"]")
                .doesNotContain("knownHosts");
    }

    @Test
    void whoAnswersNoMoreGetsNoFile() {
        assertThat(fleetAsked(List.of("acme-ci"), words("ci", List.of()))).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was written").hasLineCount(1);
        assertThat(file).doesNotExist();
    }

    @Test
    void allThatIsWrongIsSaidByItsOptionAndNothingIsWritten() {
        assertThat(init(
                        "ci",
                        List.of(
                                "--project=A",
                                "--region=x",
                                "--organization=A B",
                                "--repository=git@github.com:acme/app.git",
                                "--repository=y")))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("--project: must be the id of a Google Cloud project"))
                .anyMatch(line -> line.startsWith("--region: must be a region"))
                .anyMatch(line -> line.startsWith("--organization: must be a slug"))
                .anyMatch(line -> line.startsWith("--repository: must be a repository") && line.contains("got \"y\""));
        assertThat(file).doesNotExist();
    }

    /** What would be a number, a truth or more than a value in YAML. */
    @ParameterizedTest
    @ValueSource(strings = {"no", "true", "null", "007", "1e3", "2026-12-01", "0o17", "0x1f"})
    void aSlugIsReadAsItWasTyped(String slug) {
        assertThat(init(
                        "ci",
                        List.of("--project=acme-ci", "--region=us-west1", "--repository=git@github.com:acme/app.git"),
                        "--organization",
                        slug))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("https://buildkite.com/organizations/" + slug + "/clusters");
    }

    @Test
    void whatIsTypedCannotAddKeys() {
        assertThat(init(
                        "ci",
                        List.of("--project=acme-ci", "--region=us-west1", "--repository=git@github.com:acme/app.git"),
                        "--organization",
                        "acme\n    protect: false"))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("--organization: must be a slug").hasLineCount(1);
    }

    @Test
    void aStackThatIsThereStaysAsItIs() throws IOException {
        var before = Files.readString(project.resolve("Pulumi.dev.yaml"));
        for (var name : new String[] {"dev", "acme/dev", "Pulumi.dev.yaml"}) {
            assertThat(init(name, ALL)).isEqualTo(1);
        }
        assertThat(err.toString()).contains("Pulumi.dev.yaml is there already").hasLineCount(3);
        assertThat(Files.readString(project.resolve("Pulumi.dev.yaml"))).isEqualTo(before);
    }

    @Test
    void aLinkToNothingIsNotWrittenThrough() throws IOException {
        var target = project.resolve("elsewhere.yaml");
        Files.createSymbolicLink(file, target);
        assertThat(init("ci", ALL)).isEqualTo(1);
        assertThat(err.toString()).contains("is there already");
        assertThat(target).doesNotExist();
        assertThat(Files.isSymbolicLink(file)).isTrue();
    }

    @Test
    void aDirectoryOfStacksThatIsNotThereIsSaid() throws IOException {
        Files.writeString(project.resolve("Pulumi.yaml"), "name: acme\nruntime: java\nstackConfigDir: stacks\n");
        assertThat(init("ci", ALL)).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        "there is no directory " + project.resolve("stacks") + " for Pulumi.ci.yaml; make it");
    }

    @Test
    void whereOneMayNotWriteIsSaidBeforeAnythingIsAsked() {
        assumeThat(System.getProperty("user.name")).isNotEqualTo("root");
        assumeThat(project.toFile().setWritable(false)).isTrue();
        assertThat(fleetAsked(List.of(), words("ci", List.of()))).isEqualTo(1);
        assertThat(err.toString()).contains("you may not write to the directory " + project);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ä", "a:b", "", "a/b/c/d", ".", "..", "../x", "./x", "x/.."})
    void aNameThatPulumiDoesNotTakeIsRefused(String name) {
        assertThat(init(name, ALL)).isEqualTo(1);
        assertThat(err.toString()).contains("\"" + name + "\"").hasLineCount(1);
    }

    @Test
    void aNameOfWhichGoogleTakesNoneIsRefusedBeforeAnythingIsAsked() {
        assertThat(fleetAsked(List.of(), words("Ci_1", List.of()))).isEqualTo(1);
        assertThat(err.toString()).startsWith("STACK: ").contains("bk-Ci_1").hasLineCount(1);
        assertThat(out.toString()).isEmpty();
        assertThat(project.resolve("Pulumi.Ci_1.yaml")).doesNotExist();
    }

    @Test
    void aClusterWithoutANameIsRefused() {
        assertThat(init("ci", ALL, "--buildkite-cluster", " ")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--buildkite-cluster must be the name of a cluster");
        assertThat(file).doesNotExist();
    }

    @Test
    void nothingIsLeftBesideTheFile() throws IOException {
        init("ci", ALL);
        try (var files = Files.list(project)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.ci.yaml");
        }
        assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void inAProjectOfAnotherNameTheKeysAreStillTheFleets() throws IOException {
        Files.writeString(
                project.resolve("Pulumi.yaml"),
                Files.readString(project.resolve("Pulumi.yaml")).replace("name: buildkite-fleet", "name: acme-ci"));
        assertThat(init("ci", ALL)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("--secret buildkite-fleet:agentToken --stack ci");
        assertThat(fleet("preview", "ci", "--summary")).as(err.toString()).isZero();
    }

    @Test
    void anotherStackInTheGoogleProjectIsNamed() {
        init("one", ALL);
        assertThat(err.toString()).isEmpty();
        assertThat(init("two", ALL)).isZero();
        assertThat(err.toString())
                .startsWith(
                        "warning: gcp:project: acme-ci is that of stack one, too, and there buildkite-light/job of ")
                .hasLineCount(1);
    }

    @Test
    void aSlipInTheRegionIsRefusedWithWhatWasMeant() {
        assertThat(init(
                        "ci",
                        List.of(
                                "--project=A",
                                "--region=us-wset1",
                                "--organization=acme",
                                "--repository=git@github.com:acme/app.git")))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("--project: ", "got \"us-wset1\"; did you mean us-west1?")
                .hasLineCount(2);
        assertThat(file).doesNotExist();
    }

    @Test
    void aSlipInTheRegionIsAskedForAgain() throws IOException {
        var answers = List.of("acme-ci", "us-wset1", "us-west1", "acme", "git@github.com:acme/app.git");
        assertThat(fleetAsked(answers, words("ci", List.of()))).isZero();
        assertThat(out.toString()).contains("did you mean us-west1?");
        assertThat(Files.readString(file)).contains("region: us-west1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"us-west9", "antarctica-middle1"})
    void aRegionThatIsNotKnownIsWrittenWithAWarning(String region) throws IOException {
        assertThat(init(
                        "ci",
                        List.of(
                                "--project=acme-ci",
                                "--region=" + region,
                                "--organization=acme",
                                "--repository=git@github.com:acme/app.git")))
                .isZero();
        assertThat(err.toString()).contains("is not a region that the fleet knows, got \"" + region + "\"");
        assertThat(Files.readString(file)).contains("region: " + region + "\n").doesNotContain("zones:");
    }
}
