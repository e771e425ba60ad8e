package io.buildkitefleet.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.rules.rule.Severity;
import io.buildkitefleet.testing.Assessments;
import io.buildkitefleet.testing.PreviewedStacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The project's own stacks keep the rules, on a day on which their waivers run. */
@ExtendWith(PreviewedStacks.Extension.class)
class OwnStacksTest {
    @Test
    void nothingIsOpenThatNoWaiverGivesAReasonFor(PreviewedStacks previews) {
        assertThat(previews.byStack().values())
                .allSatisfy(stack -> assertThat(Assessments.of(stack).open())
                        .as("open findings of stack " + stack.fleet().config().stack())
                        .extracting(Assessments::told)
                        .isEmpty());
    }

    @Test
    void everythingIsChecked(PreviewedStacks previews) {
        assertThat(previews.byStack().values())
                .allSatisfy(stack -> assertThat(Assessments.of(stack).count(Status.NOT_CHECKED))
                        .isZero());
    }

    @Test
    void aLocalStackNeedsNoWaiver(PreviewedStacks previews) {
        assertThat(Assessments.of(previews.local()).waived()).isEmpty();
    }

    @Test
    void noHighSeverityRuleIsWaivedInProd(PreviewedStacks previews) {
        assertThat(Assessments.of(previews.prod()).waived())
                .isNotEmpty()
                .noneMatch(finding -> finding.rule().severity() == Severity.HIGH);
    }
}
