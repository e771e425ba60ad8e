package io.buildkitefleet.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.testing.Assessments;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that people and other tools look for, each in the stacks as they are, waivers and all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PreviewedStacks.Extension.class)
class MistakesTest {
    private final Map<String, StackPlan> plans = new HashMap<>();

    static List<Mistake> mistakes() {
        return Mistake.all();
    }

    @BeforeAll
    void plans(PreviewedStacks previews) {
        previews.byStack().forEach((stack, preview) -> plans.put(stack, StackPlan.of(preview)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsSeenByItsRulesAndByNoOther(Mistake mistake) {
        var plan = plans.get(mistake.stack());
        var open = mistake.in(new EditedPlan(plan.resources(), plan.fleet()))
                .assessed(Assessments.waivers(plan))
                .open();
        var seen = open.stream().map(finding -> finding.rule().id()).collect(Collectors.toSet());

        assertThat(seen)
                .as(
                        "rules that see %s; open is: %s",
                        mistake, open.stream().map(Assessments::told).toList())
                .isEqualTo(mistake.rules());
    }

    @Test
    void whatNoRuleSeesHasItsReasonAndAllElseARule() {
        assertThat(mistakes())
                .as("mistakes with both, or neither, of rules and a reason why there is none")
                .filteredOn(
                        mistake -> mistake.rules().isEmpty() == mistake.none().isBlank())
                .isEmpty();
    }

    @Test
    void theDocumentListsWhatNoRuleSees() {
        var rows = mistakes().stream()
                .filter(mistake -> !mistake.none().isBlank() && mistake.stack().equals("prod"))
                .map(mistake -> "| `" + mistake.id() + "` | "
                        + (mistake.tools().isEmpty() ? "none of them" : String.join(", ", mistake.tools())) + " | "
                        + mistake.none() + " |\n")
                .collect(Collectors.joining());
        Golden.part("docs/rules.md", "no-rule")
                .matches("\n| Mistake | Who speaks of it | Why no rule does |\n|---|---|---|\n" + rows + "\n");
    }

    @Test
    void eachMistakeIsMadeOnceAStack() {
        assertThat(mistakes()).extracting(Mistake::toString).doesNotHaveDuplicates();
    }
}
