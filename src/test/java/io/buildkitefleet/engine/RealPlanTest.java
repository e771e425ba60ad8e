package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.plan.Origin;
import io.buildkitefleet.plan.PlanFile;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.rules.Waivers;
import io.buildkitefleet.testing.PreviewedStacks;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Pulumi itself says of a plan, and of what it made, is read by the rules. */
class RealPlanTest extends RealEngineTest {
    private static final LocalDate DAY = LocalDate.parse("2026-12-01");

    @Test
    void aPlanOfPulumisHasTheFindingsThatTheOfflinePlanHas() throws Exception {
        var project = project("dev");
        var file =
                Files.writeString(project.file("plan.json"), project.preview().toString());
        var offline = StackPlan.of(new Previews(project.asOfflineProject(), PreviewedStacks.ENGINE).of("dev"));

        assertThat(findings(PlanFile.read("plan", file)))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(findings(offline));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void strictlyAndWithTheFleetOfItsFileItHasNoOtherFindings(String stack) throws Exception {
        var project = project(stack);
        var file =
                Files.writeString(project.file("plan.json"), project.preview().toString());
        var offline = StackPlan.of(new Previews(project.asOfflineProject(), PreviewedStacks.ENGINE).of(stack));

        assertThat(strictly(PlanFile.read("plan", file).comparedWith("plan", "the file", offline)))
                .containsExactlyInAnyOrderElementsOf(strictly(offline));
    }

    /** Then Pulumi knows the names that Google has, such as those of keys with digits behind them. */
    @ParameterizedTest
    @ValueSource(strings = {"prod", "full"})
    void onceItIsUpItHasNoOtherFindings(String stack) throws Exception {
        var project = project(stack);
        var offline = StackPlan.of(new Previews(project.asOfflineProject(), PreviewedStacks.ENGINE).of(stack));
        project.up().succeeded();
        var whole = PlanFile.parse(
                "plan",
                project.pulumi("preview", "--json", "--show-sames").succeeded().out());

        assertThat(strictly(whole.comparedWith("plan", "the file", offline)))
                .containsExactlyInAnyOrderElementsOf(strictly(offline).stream()
                        .filter(finding -> !finding.contains(" cannot be judged: "))
                        .toList());
    }

    @Test
    void aPlanOfWhatIsUpIsOnlyReadWithWhatStaysTheSame() throws Exception {
        var project = project("dev");
        var before =
                Files.writeString(project.file("before.json"), project.preview().toString());
        project.up().succeeded();
        var part =
                Files.writeString(project.file("part.json"), project.preview().toString());
        var whole = Files.writeString(
                project.file("whole.json"),
                project.pulumi("preview", "--json", "--show-sames").succeeded().out());

        assertThatThrownBy(() -> PlanFile.read("part", part))
                .isInstanceOf(ProjectException.class)
                .hasMessageContaining("leaves out what stays the same")
                .hasMessageContaining("--show-sames");
        assertThat(rules(findings(PlanFile.read("whole", whole))))
                .as("rules that a plan of what is up breaks, against those that it broke before")
                .isNotEmpty()
                .isSubsetOf(rules(findings(PlanFile.read("before", before))));
    }

    @Test
    void theKeyOfDisksIsGrantedToComputeEnginesAgent() throws Exception {
        var project = project("dev");
        project.up().succeeded();
        assertThat(project.resources())
                .filteredOn(resource -> resource.get("urn").getAsString().endsWith("::keys-disks-use"))
                .singleElement()
                .extracting(resource ->
                        resource.getAsJsonObject("inputs").get("member").getAsString())
                .isEqualTo("serviceAccount:service-123456789012@compute-system.iam.gserviceaccount.com");
    }

    private static List<String> rules(List<String> findings) {
        return findings.stream()
                .map(finding -> finding.replaceFirst(" .*", ""))
                .distinct()
                .toList();
    }

    /** Of what is registered alone: Pulumi's plan says nothing of the fleet. */
    private static List<String> findings(StackPlan plan) {
        var bare = new StackPlan(
                plan.stack(),
                plan.resources(),
                Map.of(),
                plan.added(),
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(),
                new Origin.File());
        return told(RuleSet.assess(bare, Waivers.of("dev", List.of(), DAY)));
    }

    private static List<String> strictly(StackPlan plan) {
        return told(RuleSet.assess(plan, Waivers.of("dev", List.of(), DAY), true));
    }

    private static List<String> told(Assessment assessment) {
        return assessment.open().stream()
                .map(finding -> finding.rule().id() + " " + finding.resource() + " " + finding.detail())
                .toList();
    }
}
