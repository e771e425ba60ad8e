package io.buildkitefleet.rules;

import io.buildkitefleet.rules.rule.Severity;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of holding one stack's plan against every rule.
 *
 * @param results one a rule, in the order of the rules
 * @param isOfAFleet whether the plan has anything of a type that a rule asks for
 * @param ending the waivers that end soon
 */
public record Assessment(String stack, List<Result> results, boolean isOfAFleet, List<EndingWaiver> ending) {
    public Assessment {
        results = List.copyOf(results);
        ending = List.copyOf(ending);
    }

    /** How many rules came out so. */
    public long count(Status status) {
        return results.stream().filter(result -> result.status() == status).count();
    }

    /** How many rules of a severity came out so. */
    public long count(Status status, Severity severity) {
        return results.stream()
                .filter(result -> result.status() == status && result.rule().severity() == severity)
                .count();
    }

    /** What breaks a rule and may not. */
    public List<Finding> open() {
        return findings().filter(Finding::isOpen).toList();
    }

    /** What breaks a rule and may. */
    public List<Finding> waived() {
        return findings().filter(finding -> !finding.isOpen()).toList();
    }

    /** Whether anything as bad as this, or worse, is open. */
    public boolean failsAt(Severity severity) {
        return open().stream().anyMatch(finding -> finding.rule().severity().isAtLeast(severity));
    }

    private Stream<Finding> findings() {
        return results.stream().flatMap(result -> result.findings().stream());
    }
}
