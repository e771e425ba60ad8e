package io.buildkitefleet.rules.rule;

/** How bad it is to break a rule, worst first. */
public enum Severity {
    /** Opens the fleet, or stops it. */
    HIGH,
    /** Takes away one of several layers. */
    MEDIUM,
    /** Is missed on a bad day. */
    LOW;

    /** Whether it is as bad as the other, or worse. */
    public boolean isAtLeast(Severity other) {
        return compareTo(other) <= 0;
    }
}
