package io.buildkitefleet.rules.made;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.EngineProject;
import io.buildkitefleet.engine.RealEngineTest;
import io.buildkitefleet.plan.Origin;
import io.buildkitefleet.plan.PlanFile;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.testing.ChangedJson;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan of Pulumi's own is as the program makes it, before the update and after it, and a change in it is seen. */
class PulumisPlanTest extends RealEngineTest {
    @ParameterizedTest
    @ValueSource(strings = {"dev", "full", "local"})
    void itIsAsMade(String stack) throws Exception {
        var project = project(stack);
        var made = made(project, stack);
        assertThat(flaws(plan(project, made, "preview", "--json"))).isEmpty();
        project.up().succeeded();
        assertThat(flaws(plan(project, made, "preview", "--json", "--show-sames")))
                .isEmpty();
    }

    /** What is not seen is agreed: Pulumi keeps it or gives it, or no plan knows it before the update. */
    @Test
    void eachChangeOfWhatTheProgramSaysIsSeen() throws Exception {
        var project = project("prod");
        var made = made(project, "prod");
        var before = plan(project, made, "preview", "--json");
        project.up().succeeded();
        var after = plan(project, made, "preview", "--json", "--show-sames");

        assertThat(flaws(before)).isEmpty();
        assertThat(flaws(after)).isEmpty();
        var unseen = unseen(before, made);
        unseen.addAll(unseen(after, made));
        Golden.named("pulumis-plan-unseen.txt").matches(String.join("\n", unseen) + "\n");
    }

    private static StackPlan made(EngineProject project, String stack) {
        return StackPlan.of(new Previews(project.asOfflineProject(), PreviewedStacks.ENGINE).of(stack));
    }

    private static StackPlan plan(EngineProject project, StackPlan made, String... command) throws Exception {
        return PlanFile.parse("plan", project.pulumi(command).succeeded().out()).comparedWith("plan", "the file", made);
    }

    private static List<Flaw> flaws(StackPlan plan) {
        return new Departures(plan, (Origin.Compared) plan.origin()).flaws();
    }

    private static SortedSet<String> unseen(StackPlan plan, StackPlan made) {
        Map<String, Registration> madeByUrn = new LinkedHashMap<>();
        made.resources().forEach(resource -> madeByUrn.put(resource.urn(), resource));
        var later = new LaterValues(madeByUrn, plan.resources());
        var unseen = new TreeSet<String>();
        for (var resource : plan.resources()) {
            var twin = madeByUrn.get(resource.urn());
            for (var change : ChangedJson.of(resource.inputs())) {
                if (new InputComparison(new PulumisForm(
                                twin, madeByUrn, later, plan.added().contains(resource.urn())))
                        .of(change.json().getAsJsonObject(), twin.inputs())
                        .isEmpty()) {
                    unseen.add(resource.type() + " " + change.where().replaceAll("\\[\\d+]", "[]"));
                }
            }
        }
        return unseen;
    }
}
