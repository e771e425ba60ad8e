package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.diff.PlanComparison;
import io.buildkitefleet.diff.ResourceChange;
import io.buildkitefleet.plan.Origin;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.preview.ProgramLaunch;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.revision.BasePlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever reads a plan from a file makes the same of it: a check, and the base of a diff or a review. */
class PlanFilesTest {
    private static final String BUCKET = "urn:pulumi:dev::buildkite-fleet::gcp:storage/bucket:Bucket::theirs";

    private static final String COMPONENT = "{\"op\": \"create\", \"newState\": {"
            + "\"urn\": \"urn:pulumi:dev::buildkite-fleet::t:index:Part::part\", \"type\": \"t:index:Part\"}}";

    private static final String OTHERS = COMPONENT.replace("dev::buildkite-fleet", "prod::other");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | has no steps, so it is no plan",
                "config: {} | is not JSON",
                "[] | has no steps, so it is no plan",
                "{} | has no steps, so it is no plan",
                "{\"steps\": 1} | steps must be a list that is not empty",
                "{\"steps\": []} | steps must be a list that is not empty",
                "{\"steps\": [], \"changeSummary\": {\"create\": 1}} | steps must be a list that is not empty",
                "{\"steps\": [1]} | steps[0]: must be an object",
                "{\"steps\": [COMPONENT]} | is not a whole plan, because the preview did not come to its end",
                "{\"steps\": [COMPONENT], \"changeSummary\": {\"same\": 3}} | leaves out what stays the same (3 resources)",
                "{\"steps\": [COMPONENT, OTHERS], \"changeSummary\": {\"create\": 1}} | has resources of several stacks (dev of buildkite-fleet, prod of other)",
                "{\"steps\": [COMPONENT], \"changeSummary\": {\"create\": 3}} | leaves out 2 resources to create, so it is",
                "{\"steps\": [COMPONENT], \"changeSummary\": {\"create\": 1}, \"fleet\": []} | its \"fleet\" can't be read",
                "{\"steps\": [COMPONENT], \"changeSummary\": {\"create\": 1}, \"waivers\": [1]} | its \"waivers\" can't be read",
                "{\"steps\": [COMPONENT], \"changeSummary\": {\"create\": 1}, \"cost\": {}} | its \"cost\" can't be read",
                "{\"steps\": [COMPONENT], \"changeSummary\": {\"create\": 1}, \"aliases\": 1} | aliases: must be an object"
            })
    void whatIsNoWholePlanIsRefusedByEveryReaderInTheSameWords(String text, String problem) throws IOException {
        var file = Files.writeString(
                directory.resolve("plan.json"),
                text.replace("COMPONENT", COMPONENT).replace("OTHERS", OTHERS));

        assertThat(check(file)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("--plan " + file + ": ")
                .contains(problem)
                .hasLineCount(1);
        assertThatThrownBy(() -> base(file))
                .isInstanceOf(ProjectException.class)
                .hasMessage(err.toString().strip().replaceFirst("^--plan", "--base"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "same", "update", "replace", "create-replacement", "import"})
    void whatThereIsAfterwardsIsThereForEveryReader(String operation) throws IOException {
        var file = planWith(operation);

        check(file);
        assertThat(out.toString()).contains("theirs");
        assertThat(deletedFrom(base(file))).containsExactly("theirs");
    }

    /** What is read is somebody else's; what is deleted or let go is not there any more. */
    @ParameterizedTest
    @ValueSource(strings = {"delete", "delete-replaced", "discard", "discard-replaced", "read", "read-replacement"})
    void whatIsNotOursIsThereForNoReader(String operation) throws IOException {
        var file = planWith(operation);

        check(file);
        assertThat(out.toString()).doesNotContain("theirs");
        assertThat(deletedFrom(base(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"prod::buildkite-fleet, prod", "dev::other, dev of other"})
    void aPlanOfAnotherStackIsNoBase(String other, String owner) throws IOException {
        var text = "{\"steps\": [" + COMPONENT + "], \"changeSummary\": {\"create\": 1}}";
        var file = Files.writeString(directory.resolve("plan.json"), text.replace("dev::buildkite-fleet", other));

        assertThatThrownBy(() -> base(file))
                .isInstanceOf(ProjectException.class)
                .hasMessageContaining("is a plan of stack " + owner + ", not of dev");
    }

    private Path planWith(String operation) throws IOException {
        return Files.writeString(
                directory.resolve("plan.json"),
                "{\"steps\": [" + COMPONENT + ", {\"op\": \"" + operation + "\", \"newState\": {\"urn\": \"" + BUCKET
                        + "\", \"type\": \"gcp:storage/bucket:Bucket\", \"custom\": true, \"inputs\": {}}}], "
                        + "\"changeSummary\": {\"create\": 1}}");
    }

    private int check(Path file) {
        return FleetCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("check", "--plan", file.toString());
    }

    private static StackPlan base(Path file) throws IOException {
        var previews = new Previews(Project.read(Path.of("")), new OfflineEngine(ProgramLaunch.ofMainClass("none")));
        return new BasePlan(previews, "dev", file.toString()).read().plan().orElseThrow();
    }

    private static List<String> deletedFrom(StackPlan plan) {
        var nothing = new StackPlan(
                "dev",
                List.of(),
                Map.of(),
                Set.of(),
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(),
                new Origin.File());
        return PlanComparison.of("base", plan, nothing).of(ResourceChange.Operation.DELETE).stream()
                .map(ResourceChange::name)
                .toList();
    }
}
