package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.buildkitefleet.report.scanner.Manifests;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** What a person gets of {@code ./fleet check}. */
class CheckCommandTest extends CommandTest {
    @Test
    void aWaiverOfNoRuleIsToldWithTheFileThatHasIt() throws IOException {
        Files.writeString(
                project.resolve("Pulumi.base.yaml"),
                "config: {buildkite-fleet:fleet: {waivers: [{rule: nosuch, until: \"2027-11-30\", reason: only a test of ours}]}}\n");
        var dev = Files.readString(project.resolve("Pulumi.dev.yaml"));
        Files.writeString(
                project.resolve("Pulumi.dev.yaml"),
                dev.replace("organization: acme", "organization: acme\n    extends: Pulumi.base.yaml")
                        .replaceFirst("(?s)    waivers:.*", ""));
        assertThat(fleet("check", "dev")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("Pulumi.dev.yaml: 1 problem\n  Pulumi.base.yaml: buildkite-fleet:fleet.waivers[0].rule: ");
    }

    @Test
    void whatIsOpenFailsFromTheSeverityOnThatOneNames() throws IOException {
        var plan = plan(UnaryOperator.identity());
        assertThat(fleet("check", "--plan", plan)).isZero();
        assertThat(fleet("check", "--plan", plan, "--fail-on", "medium")).isEqualTo(1);
        assertThat(fleet("check", "--plan", plan, "--fail-on", "LOW")).isEqualTo(1);
        assertThat(out.toString()).contains("medium\n", "cluster-private-endpoint  cluster-gke", "dev: ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatIsNotKnownIsToldBesideTheFindings() throws IOException {
        var stack = project.resolve("Pulumi.dev.yaml");
        Files.writeString(
                stack,
                Files.readString(stack)
                        .replace("region: us-west1", "region: us-west11")
                        .replace("us-west1-a", "us-west11-a"));

        assertThat(fleet("check", "dev")).isZero();
        assertThat(err.toString())
                .startsWith(
                        "warning: buildkite-fleet:fleet.region: is not a region that the fleet knows, got \"us-west11\"");
        assertThat(out.toString()).startsWith("waived\n").doesNotContain("warning");
    }

    @Test
    void aHighFindingFailsByDefault() throws IOException {
        var plan = plan(json -> json.replace("\"enablePrivateNodes\": true", "\"enablePrivateNodes\": false"));
        assertThat(fleet("check", "--plan", plan)).isEqualTo(1);
        assertThat(out.toString())
                .contains("high\n", "privateClusterConfig.enablePrivateNodes is false, not true; set ");
    }

    @Test
    void aNameThatNobodySeesWholeLeavesTheXmlWellFormed() throws Exception {
        var plan = plan(json -> json.replace("\"enablePrivateNodes\": true", "\"enablePrivateNodes\": false")
                .replace("::cluster-gke\"", "::cluster\\u001b[2J\\u202e-gke\""));
        assertThat(fleet("check", "--plan", plan, "--format", "junit")).isEqualTo(1);

        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(out.toString())));
        assertThat(document.getDocumentElement().getTextContent())
                .contains("cluster\\u001b[2J\\u202e-gke: privateClusterConfig.enablePrivateNodes is false");
    }

    @Test
    void aPlanOfOursIsCheckedAsTheStackIs() throws IOException {
        var plan = plan(UnaryOperator.identity());
        fleet("check", "dev");
        var made = out.toString();
        out.getBuffer().setLength(0);
        fleet("check", "dev", "--plan", plan);
        assertThat(out.toString()).isEqualTo(made);
    }

    @Test
    void twoStacksOfOneProjectMustNotShareAnIdentity() throws IOException {
        var stage = Files.readString(project.resolve("Pulumi.dev.yaml")).replace("light:", "small:");
        Files.writeString(project.resolve("Pulumi.stage.yaml"), stage);
        Files.writeString(project.resolve("Pulumi.broken.yaml"), "config: [");

        assertThat(fleet("check", "dev")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "iam-other-stacks  identity-big-workload  lets buildkite-big/job of stack stage act as it, too")
                .doesNotContain("identity-light-workload");
        assertThat(fleet("check", "--plan", plan(UnaryOperator.identity()))).isEqualTo(1);

        Files.writeString(project.resolve("Pulumi.stage.yaml"), stage.replace("acme-ci-dev", "acme-ci-stage"));
        assertThat(fleet("check", "dev")).isZero();
    }

    @Test
    void aPlanWithoutAStackHasNoWaivers() throws IOException {
        assertThat(fleet("check", "--plan", plan(UnaryOperator.identity()))).isZero();
        assertThat(out.toString()).doesNotContain("waived").contains("state-protected");
    }

    @Test
    void whatAPlanFromElsewhereDoesNotSayIsNotChecked() throws IOException {
        fleet("check", "--plan", plan(json -> json.replace("\"fleet\": {", "\"other\": {")));
        assertThat(out.toString())
                .contains("not checked\n", "untrusted-pool", "the plan does not say what the queues are");
    }

    @Test
    void strictlyAPlanThatDoesNotSayWhatItsFleetIsFails() throws IOException {
        var plan = plan(json -> json.replace("\"fleet\": {", "\"other\": {"));
        assertThat(fleet("check", "--plan", plan)).isZero();
        out.getBuffer().setLength(0);
        assertThat(fleet("check", "--plan", plan, "--strict")).isEqualTo(1);
        assertThat(out.toString())
                .contains("untrusted-pool", "plan  cannot be judged: the plan does not say what the queues are");
    }

    @Test
    void ofTheStackThatIsNamedTheFileSaysWhatItsFleetIs() throws IOException {
        var plan = plan(json -> json.replace("\"fleet\": {", "\"other\": {"));
        assertThat(fleet("check", "dev", "--plan", plan, "--strict")).isZero();
        assertThat(out.toString()).doesNotContain("not checked", "cannot be judged");
    }

    @Test
    void aPlanThatSaysSomethingElseOfTheFleetIsRefused() throws IOException {
        var plan = plan(json -> json.replace("\"trust\": \"trusted\"", "\"trust\": \"untrusted\"")
                .replace("\"INSTANCES\": ", "\"INSTANCES\": 9"));
        assertThat(fleet("check", "dev", "--plan", plan)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("--plan " + plan + ": says something else of the fleet than Pulumi.dev.yaml does")
                .contains(
                        "\n  fleet.queues.big.trust: is untrusted, and by Pulumi.dev.yaml it is trusted\n",
                        "\n  fleet.queues.light.trust: is untrusted, ",
                        "\n  fleet.quotas.INSTANCES: is 9",
                        "\nMake it anew with: ./fleet preview dev --json");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatAPlanSaysOtherwiseThanTheProgramIsAFindingOfItsResource() throws IOException {
        var plan = plan(json -> json.replace("\"failurePolicy\": \"Fail\"", "\"failurePolicy\": \"Ignore\""));
        assertThat(fleet("check", "dev", "--plan", plan)).isEqualTo(1);
        assertThat(out.toString())
                .contains("high\n")
                .containsPattern("plan-as-made  admission-\\w+  is not what the program makes of Pulumi.dev.yaml: "
                        + "spec.failurePolicy is \"Ignore\", not \"Fail\"; make the plan anew from this commit");
    }

    @Test
    void oneResourceMayDifferIfAWaiverSaysWhy() throws IOException {
        var plan = plan(json -> json.replace(
                "\"publicAccessPrevention\": \"enforced\"",
                "\"publicAccessPrevention\": \"enforced\", \"rpo\": \"DEFAULT\""));
        assertThat(fleet("check", "dev", "--plan", plan)).isEqualTo(1);
        assertThat(out.toString())
                .contains("plan-as-made  artifacts-bucket  ", "rpo is \"DEFAULT\", which the program does not set");

        var stack = project.resolve("Pulumi.dev.yaml");
        Files.writeString(
                stack,
                Files.readString(stack)
                        .replaceFirst(
                                "(?m)^( *)waivers:\n",
                                "$0$1  - {rule: plan-as-made, resource: \"*-bucket\", until: \"2027-06-30\", reason: it says what is so anyway}\n"));
        out.getBuffer().setLength(0);
        assertThat(fleet("check", "dev", "--plan", plan)).isZero();
        assertThat(out.toString()).contains("waived\n", "plan-as-made  ");
    }

    @Test
    void strictlyAPlanWithoutItsStackCannotBeJudged() throws IOException {
        var plan = plan(UnaryOperator.identity());
        assertThat(fleet("check", "--plan", plan)).isZero();
        assertThat(out.toString()).contains("plan-as-made: nobody can tell what the program makes; name its stack");
        out.getBuffer().setLength(0);
        assertThat(fleet("check", "--plan", plan, "--strict")).isEqualTo(1);
        assertThat(out.toString())
                .contains("plan-as-made  plan  cannot be judged: nobody can tell what the program makes");
        assertThat(fleet("check", "dev", "--plan", plan, "--strict")).isZero();
    }

    @Test
    void aPlanOfAnotherStackIsRefused() throws IOException {
        Files.copy(Path.of("Pulumi.prod.yaml"), project.resolve("Pulumi.prod.yaml"));
        assertThat(fleet("check", "prod", "--plan", plan(UnaryOperator.identity())))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("is a plan of stack dev, not of prod")
                .hasLineCount(1);
    }

    @Test
    void aPlanOfAnotherProjectIsRefused() throws IOException {
        var plan = plan(json -> json.replace(":dev::buildkite-fleet::", ":dev::other::"));
        assertThat(fleet("check", "dev", "--plan", plan)).isEqualTo(1);
        assertThat(err.toString())
                .contains("is a plan of stack dev of other, not of dev of buildkite-fleet")
                .hasLineCount(1);
    }

    @Test
    void aFleetInAPlanThatCannotBeReadIsSaid() throws IOException {
        assertThat(fleet("check", "--plan", plan(json -> json.replace("\"queues\": [", "\"queus\": ["))))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("--plan ")
                .contains("its \"fleet\" can't be read: it has queues")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"json, {", "sarif, {", "junit, <?xml"})
    void otherFormatsAreForTools(String format, String beginning) {
        assertThat(fleet("check", "dev", "--format", format)).isZero();
        assertThat(out.toString()).startsWith(beginning).contains("cluster-private-endpoint");
    }

    @Test
    void whatIsOpenAndPassesSaysWhy() throws IOException {
        var plan = plan(UnaryOperator.identity());
        assertThat(fleet("check", "--plan", plan)).isZero();
        assertThat(out.toString())
                .containsPattern("\\ndev: \\d+ rules, \\d+ failed \\(none high, [1-9] medium, [1-9] low\\), ")
                .endsWith("\nNothing open is high, so the exit code is 0; --fail-on sets the limit\n");
        assertThat(fleet("check", "--plan", plan, "--fail-on", "low")).isOne();
        assertThat(out.toString()).doesNotEndWith("sets the limit\n");
    }

    @Test
    void theListIsTextAndSaysSo() {
        assertThat(fleet("check", "--list", "--format", "json")).isEqualTo(2);
        assertThat(fleet("check", "--list")).isZero();
    }

    @Test
    void jsonCanBeParsed() {
        fleet("check", "dev", "--format", "json");
        assertThat(JsonParser.parseString(out.toString()).getAsJsonObject().keySet())
                .containsExactly("stack", "rules", "open", "results", "waiversEnding");
    }

    @Test
    void listPrintsTheRules() {
        assertThat(fleet("check", "--list")).isZero();
        assertThat(out.toString()).contains("cluster-private-nodes", "CIS GKE 1.9.0 5.6.5", "pod-fits");
    }

    @Test
    void anUnknownRuleInAWaiverIsAMistakeInTheConfiguration() throws IOException {
        var file = project.resolve("Pulumi.dev.yaml");
        Files.writeString(file, Files.readString(file).replace("state-protected", "state-protektd"));
        assertThat(fleet("check", "dev")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("Pulumi.dev.yaml: 1 problem")
                .contains("waivers[0].rule", "did you mean 'state-protected'?");
    }

    @Test
    void theFileOfSuchAWaiverIsTheOneThatWasNamed() throws IOException {
        var trial = project.resolve("Pulumi.trial.yaml");
        Files.writeString(
                trial,
                Files.readString(project.resolve("Pulumi.dev.yaml")).replace("state-protected", "state-protektd"));

        assertThat(fleet("check", "dev", "--config-file", trial.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("Pulumi.trial.yaml: 1 problem");
    }

    @Test
    void aDayThatThereIsNotIsRefusedWithoutQuotesToo() throws IOException {
        writeFirstWaiver("{rule: state-protected, until: 2027-02-30, reason: dev may be thrown away}");
        assertThat(fleet("check", "dev")).isEqualTo(1);
        assertThat(err.toString())
                .contains("waivers[0].until: must be a day such as \"2027-06-30\", or never, got \"2027-02-30\"");
    }

    @Test
    void aWaiverWithoutAnEndSaysWhy() throws IOException {
        writeFirstWaiver("{rule: state-protected, until: never, reason: dev may go, whyNoEnd: it is tried out here}");
        fleet("check", "dev");
        assertThat(out.toString()).contains("; for every resource, without end (it is tried out here): dev may go\n");
        out.getBuffer().setLength(0);
        fleet("check", "dev", "--format", "json");
        assertThat(out.toString()).contains("\"until\": \"never\"", "\"whyNoEnd\": \"it is tried out here\"");
    }

    private void writeFirstWaiver(String yaml) throws IOException {
        var file = project.resolve("Pulumi.dev.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst("\\{rule: state-protected, [^}]*}", yaml));
    }

    @Test
    void aWaiverEndsAfterItsLastDay() {
        fleetOn("2027-11-30", "check", "dev");
        assertThat(out.toString())
                .contains(
                        "waived\n",
                        "ends soon\n  waivers[0]  the waiver of state-protected ends today, on 2027-11-30\n")
                .doesNotContain("waiver-ended");
        out.getBuffer().setLength(0);
        fleetOn("2027-12-01", "check", "dev");
        assertThat(out.toString())
                .doesNotContain("waived\n")
                .contains("waiver-ended  waivers[0]  the waiver of state-protected ended on 2027-11-30");
    }

    /** A preview is the same on every day. */
    @Test
    void aFreezeThatIsOverIsAWarningOfChecksAlone() throws IOException {
        var freeze = "{name: launch, from: \"2026-11-20T00:00:00Z\", until: \"2026-12-01T00:00:00Z\"}";
        var file = project.resolve("Pulumi.dev.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("    cluster:\n", "    cluster:\n      maintenance: {freezes: [" + freeze + "]}\n"));

        assertThat(fleetOn("2026-11-30", "check", "dev")).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(fleetOn("2026-12-01", "check", "dev")).isZero();
        assertThat(err.toString())
                .isEqualTo(
                        "warning: buildkite-fleet:fleet.cluster.maintenance.freezes[0]: ended at 2026-12-01T00:00:00Z:"
                                + " launch holds off no upgrade any more; remove it\n");
        err.getBuffer().setLength(0);
        assertThat(fleetOn("2026-12-01", "preview", "dev")).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).doesNotContain("launch holds off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Kiritimati", "Pacific/Pago_Pago"})
    void theLastDayOfAWaiverIsTheSameForEveryTimeZone(String zone) {
        fleetAt(Clock.fixed(Instant.parse("2027-11-30T23:59:59Z"), ZoneId.of(zone)), "check", "dev");
        assertThat(out.toString()).contains("waived\n").doesNotContain("waiver-ended");
        out.getBuffer().setLength(0);
        fleetAt(Clock.fixed(Instant.parse("2027-12-01T00:00:00Z"), ZoneId.of(zone)), "check", "dev");
        assertThat(out.toString()).contains("waiver-ended");
    }

    @Test
    void wrongUsageHasExitCodeTwo() {
        assertThat(fleet("check")).isEqualTo(2);
        assertThat(fleet("check", "dev", "--format", "pdf")).isEqualTo(2);
        assertThat(fleet("check", "dev", "--fail-on", "never")).isEqualTo(2);
        assertThat(fleet("check", "dev", "prod")).isEqualTo(2);
        assertThat(err.toString()).contains("name a stack, or a plan with --plan FILE", "pdf", "never");
    }

    @Test
    void aPlanInTerraformsFormIsForOtherScanners() {
        assertThat(fleet("preview", "dev", "--terraform")).isZero();
        assertThat(JsonParser.parseString(out.toString()).getAsJsonObject().has("planned_values"))
                .isTrue();
        assertThat(fleet("preview", "dev", "--terraform", "--json")).isEqualTo(2);
    }

    @Test
    void aFileForOtherScannersHasTerraformsFormToo() throws IOException {
        var file = project.resolve("plan.json");
        assertThat(fleet("preview", "dev", "--terraform", "--out", file.toString()))
                .isZero();
        assertThat(file).hasContent(out.toString());
    }

    @Test
    void manifestsForOtherScannersAreReplacedWhole() throws IOException {
        var directory = project.resolve("manifests");
        assertThat(fleet("preview", "dev", "--manifests", directory.toString())).isZero();
        Files.writeString(directory.resolve("9.pod.old.yaml"), Manifests.MARK);
        assertThat(fleet("preview", "dev", "--terraform", "--manifests", directory.toString()))
                .isZero();
        assertThat(directory.toFile().list())
                .contains("1.namespace.buildkite-light.yaml")
                .doesNotContain("9.pod.old.yaml");
    }

    @Test
    void manifestsDoNotGoAmongTheFilesOfOthers() throws IOException {
        Files.writeString(project.resolve("notes.txt"), "mine");
        assertThat(fleet("preview", "dev", "--manifests", project.toString())).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("--manifests " + project + ": holds what this command did not write (")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
        assertThat(fleet("preview", "dev", "--engine", "--manifests", project.toString()))
                .isEqualTo(2);
    }

    /** A file with dev's plan, changed. */
    private String plan(UnaryOperator<String> change) throws IOException {
        fleet("preview", "dev", "--json");
        var file = Files.writeString(project.resolve("plan.json"), change.apply(out.toString()));
        out.getBuffer().setLength(0);
        return file.toString();
    }

    private int fleetOn(String day, String... args) {
        return fleetAt(Clock.fixed(Instant.parse(day + "T12:00:00Z"), ZoneOffset.UTC), args);
    }
}
