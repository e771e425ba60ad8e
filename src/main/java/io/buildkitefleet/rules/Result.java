package io.buildkitefleet.rules;

import io.buildkitefleet.rules.rule.Rule;
import java.util.List;

/**
 * What came of one rule.
 *
 * @param findings what breaks it, in the order of the plan
 * @param note why it was not checked, or not all of it, or does not apply, empty otherwise
 */
public record Result(Rule rule, Status status, List<Finding> findings, String note) {
    public Result {
        findings = List.copyOf(findings);
    }

    static Result of(Rule rule, List<Finding> findings) {
        var status = findings.isEmpty()
                ? Status.PASSED
                : findings.stream().anyMatch(Finding::isOpen) ? Status.FAILED : Status.WAIVED;
        return new Result(rule, status, findings, "");
    }

    static Result notApplicable(Rule rule, String why) {
        return new Result(rule, Status.NOT_APPLICABLE, List.of(), why);
    }

    /** Of which not all could be checked; what breaks it nevertheless counts for more. */
    static Result notChecked(Rule rule, List<Finding> findings, String why) {
        var status = findings.stream().anyMatch(Finding::isOpen) ? Status.FAILED : Status.NOT_CHECKED;
        return new Result(rule, status, findings, why);
    }
}
