package io.buildkitefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.preview.PreviewedProgram;
import io.buildkitefleet.preview.program.SampleProgram;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PreviewedStacks.Extension.class)
class PlanFileTest {
    private static final String STACK = "urn:pulumi:dev::fleet::pulumi:pulumi:Stack::fleet-dev";
    private static final String BUCKET = "urn:pulumi:dev::fleet::gcp:storage/bucket:Bucket::b";

    @TempDir
    private Path directory;

    @Test
    void whatWasWrittenIsReadAgain() throws IOException {
        var plan = PreviewedProgram.preview(directory, PreviewedProgram.inline(SampleProgram::define));
        var text = new StringWriter();
        PlanJson.write(PlanJson.of(plan), text);
        var read = read(file(text.toString()));

        assertThat(read.stack()).isEqualTo(plan.stack().name());
        assertThat(read.resources())
                .extracting(Registration::urn)
                .containsExactlyElementsOf(plan.registrations().stream()
                        .filter(resource -> resource.readId().isEmpty())
                        .map(Registration::urn)
                        .toList());
        for (var resource : read.resources()) {
            var original = plan.find(resource.urn()).orElseThrow();
            assertThat(resource.name()).isEqualTo(original.name());
            assertThat(resource.parent()).isEqualTo(original.parent());
            assertThat(resource.custom()).isEqualTo(original.custom());
            assertThat(resource.dependencies()).isEqualTo(original.dependencies());
            assertThat(resource.options().protect())
                    .isEqualTo(original.options().protect());
        }
    }

    /** So that it makes no difference whether a plan was kept in a file. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "full", "local"})
    void aPlanFromAFileSaysWhatThePreviewSaid(String stack, PreviewedStacks stacks) throws IOException {
        var made = StackPlan.of(stacks.byStack().get(stack));
        var text = new StringWriter();
        PlanFile.write(stacks.byStack().get(stack), text);
        var read = PlanFile.parse("plan", text.toString());

        assertThat(read.stack()).isEqualTo(made.stack());
        assertThat(read.fleet()).isEqualTo(made.fleet());
        assertThat(read.cost()).isEqualTo(made.cost());
        assertThat(read.waivers()).isEqualTo(made.waivers());
        assertThat(read.aliases()).isEqualTo(made.aliases());
        assertThat(read.resources()).hasSameSizeAs(made.resources());
        for (int i = 0; i < made.resources().size(); i++) {
            assertThat(said(read.resources().get(i)))
                    .isEqualTo(said(made.resources().get(i)));
        }
    }

    /** What a plan says of a resource in a file. */
    private static String said(Registration resource) {
        return String.join(
                "\n",
                resource.urn(),
                resource.type(),
                resource.name(),
                String.valueOf(resource.custom()),
                resource.parent(),
                resource.inputs().toString(),
                resource.provider(),
                resource.dependencies().toString(),
                resource.propertyDependencies().toString());
    }

    @Test
    void ofAReplacementTheLastStateCountsAndWhatIsDeletedIsLeftOut() throws IOException {
        var plan = read(file(String.format(Locale.ROOT, """
                {"steps": [
                  {"op": "create-replacement", "urn": "%1$s", "newState": {"urn": "%1$s", "type": "t", "inputs": {"a": 1}}},
                  {"op": "replace", "urn": "%1$s", "newState": {"urn": "%1$s", "type": "t", "inputs": {"a": 2}}},
                  {"op": "delete-replaced", "urn": "%1$s", "oldState": {"urn": "%1$s", "type": "t"}},
                  {"op": "delete", "urn": "%1$s-old", "oldState": {"urn": "%1$s-old", "type": "t"}},
                  {"op": "same", "urn": "%1$s-2", "newState": {"urn": "%1$s-2", "type": "t", "dependencies": null}}
                ], "changeSummary": {"same": 1, "replace": 1, "delete": 1}}""", BUCKET)));
        assertThat(plan.stack()).isEqualTo("dev");
        assertThat(plan.resources()).extracting(Registration::name).isEqualTo(List.of("b", "b-2"));
        assertThat(plan.resources().get(0).inputs().get("a").getAsInt()).isEqualTo(2);
    }

    @Test
    void aPlanThatLeavesOutWhatStaysTheSameIsRefused() throws IOException {
        var file = file(String.format(Locale.ROOT, """
                {"steps": [
                  {"op": "same", "urn": "%1$s", "newState": {"urn": "%1$s", "type": "pulumi:pulumi:Stack"}},
                  {"op": "update", "urn": "%2$s", "newState": {"urn": "%2$s", "type": "t"}}
                ], "changeSummary": {"same": 104, "update": 1}}""", STACK, BUCKET));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ProjectException.class)
                .hasMessage("--plan " + file
                        + ": leaves out what stays the same (103 resources), so it is not a whole plan; make "
                        + "one with: ./fleet preview STACK --json, or pulumi preview --json --show-sames");
    }

    @Test
    void aPlanThatShowsWhatStaysTheSameIsRead() throws IOException {
        var plan = read(file(String.format(Locale.ROOT, """
                {"steps": [
                  {"op": "same", "urn": "%1$s", "newState": {"urn": "%1$s", "type": "pulumi:pulumi:Stack"}},
                  {"op": "same", "urn": "%2$s", "newState": {"urn": "%2$s", "type": "t"}}
                ], "changeSummary": {"same": 2}}""", STACK, BUCKET)));
        assertThat(plan.resources()).hasSize(2);
    }

    @Test
    void thePlanOfAPreviewThatFailedIsRefused() throws IOException {
        var file = file(String.format(Locale.ROOT, """
                {"steps": [
                  {"op": "create", "urn": "%1$s", "newState": {"urn": "%1$s", "type": "t"}}
                ], "diagnostics": [
                  {"message": "warning: slow\\n", "severity": "warning"},
                  {"message": "error: no such zone\\nmore\\n", "severity": "error"}
                ], "changeSummary": {"create": 1}}""", BUCKET));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ProjectException.class)
                .hasMessageContaining(": is not a whole plan, because the preview failed: error: no such zone; make");
    }

    @Test
    void thePlanOfAPreviewThatWasInterruptedIsRefused() throws IOException {
        var file = file(String.format(Locale.ROOT, """
                {"steps": [{"op": "create", "urn": "%1$s", "newState": {"urn": "%1$s", "type": "t"}}]}""", BUCKET));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ProjectException.class)
                .hasMessageContaining("because the preview did not come to its end; make one with");
    }

    @Test
    void aPlanOfNothingButTheStackAndItsProvidersIsRefused() throws IOException {
        var file = file(String.format(Locale.ROOT, """
                {"steps": [
                  {"op": "same", "urn": "%1$s", "newState": {"urn": "%1$s", "type": "pulumi:pulumi:Stack"}},
                  {"op": "same", "urn": "%1$s-p", "newState": {"urn": "%1$s-p", "type": "pulumi:providers:gcp"}}
                ], "changeSummary": {"same": 2}}""", STACK));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ProjectException.class)
                .hasMessageContaining(": plans no resource, so there is nothing to read; make one with: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | is not JSON; make one with: ./fleet preview",
                "[] | has no steps, so it is no plan",
                "{} | has no steps, so it is no plan",
                "{\"steps\": {}} | steps must be a list that is not empty",
                "{\"steps\": []} | steps must be a list that is not empty",
                "{\"steps\": [1]} | steps[0]: must be an object",
                "{\"steps\": [{}]} | steps[0].op: must be text",
                "{\"steps\": [{\"op\": \"delete\"}], \"changeSummary\": {}} | plans no resource, so there is nothing to read",
                "{\"steps\": [{\"op\": \"bogus\"}]} | steps[0].op: is no step of Pulumi's: bogus; make one with",
                "{\"steps\": [{\"op\": \"create\"}]} | steps[0].newState: is missing, and what is there after a step to create",
                "{\"steps\": [{\"op\": \"same\", \"newState\": null}]} | steps[0].newState: is missing",
                "{\"steps\": [{\"op\": \"same\", \"newState\": {\"urn\": \"" + BUCKET
                        + "\", \"type\": \"t\"}}], \"changeSummary\": {}} | its changeSummary counts none of its steps",
                "{\"steps\": [{\"op\": \"same\", \"newState\": {}}]} | steps[0].newState.urn: must be text",
                "{\"steps\": [{\"op\": \"same\", \"newState\": {\"urn\": \"x\"}}]} | steps[0].newState.urn: is none: x",
                "{\"steps\": [{\"op\": \"same\", \"newState\": {\"urn\": \"" + BUCKET
                        + "\"}}]} | steps[0].newState.type: must be text",
                "{\"steps\": [{\"op\": \"same\", \"newState\": {\"urn\": \"" + BUCKET
                        + "\", \"type\": \"t\", \"inputs\": 1}}]} | steps[0].newState.inputs: must be an object",
                "{\"steps\": [{\"op\": \"same\", \"newState\": {\"urn\": \"" + BUCKET
                        + "\", \"type\": \"t\", \"dependencies\": [{}]}}]} | dependencies: must be a list of texts",
                "{\"steps\": [{\"op\": \"same\", \"newState\": {\"urn\": \"" + BUCKET
                        + "\", \"type\": \"t\", \"dependencies\": [\"x\"]}}]} | newState.dependencies: must be URNs, got: x",
                "{\"steps\": [{\"op\": \"same\", \"newState\": {\"urn\": \"" + BUCKET
                        + "\", \"type\": \"t\", \"propertyDependencies\": {\"name\": [\"x\"]}}}]} | propertyDependencies.name: must be URNs, got: x",
                "{\"steps\": [{\"op\": \"same\", \"newState\": {\"urn\": \"" + BUCKET
                        + "\", \"type\": \"t\", \"inputs\": {\"" + PropertyValues.SIGNATURE
                        + "\": \"1b47061264138c4ac30d75fd1eb44270\"}}}]} | newState.inputs: must be an object of inputs, and is a secret",
                "{\"steps\": [{\"op\": \"same\", \"urn\": \"x\", \"newState\": {\"urn\": \"" + BUCKET
                        + "\", \"type\": \"t\"}}]} | steps[0].urn: is another than that of its newState; got: \"x\"",
                "{\"steps\": [{\"op\": \"same\", \"provider\": \"x\", \"newState\": {\"urn\": \"" + BUCKET
                        + "\", \"type\": \"t\"}}]} | steps[0].provider: is another than that of its newState; got: \"x\" and none"
            })
    void whatIsNoPlanIsSaidInOneLine(String text, String message) throws IOException {
        var file = file(text);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ProjectException.class)
                .hasMessageStartingWith("--plan " + file)
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> read(directory.resolve("none.json")))
                .isInstanceOf(ProjectException.class)
                .hasMessage("--plan " + directory.resolve("none.json") + ": can't be read (no such file or directory)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{}]", "[1]", "{}", "[{\"member\":\"a\",\"role\":1,\"on\":\"b\"}]"})
    void rolesThatSayNotWhoseTheyAreAreRefused(String roles) {
        assertThatThrownBy(() -> PlanFile.parse(
                        "plan", withFleet("{\"queues\":[],\"quotas\":{},\"accountRoles\":" + roles + "}")))
                .isInstanceOf(ProjectException.class)
                .hasMessageContaining("plan: its \"fleet\" can't be read")
                .hasMessageContaining("accountRoles, each with its member, its role and what it is on");
    }

    private static String withFleet(String fleet) {
        return String.format(Locale.ROOT, """
                {"steps": [{"op": "create", "urn": "%1$s", "newState": {"urn": "%1$s", "type": "gcp:storage/bucket:Bucket", "custom": true}}],
                "changeSummary": {"create": 1}, "fleet": %2$s}""", BUCKET, fleet);
    }

    private static StackPlan read(Path file) {
        return PlanFile.read("--plan " + file, file);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("plan.json"), text);
    }
}
