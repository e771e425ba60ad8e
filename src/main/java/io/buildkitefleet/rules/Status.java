package io.buildkitefleet.rules;

/** What came of one rule. */
public enum Status {
    /** Something breaks it, and no waiver says that it may. */
    FAILED,
    /** Everything that breaks it is waived. */
    WAIVED,
    /** It could not be held against this plan. */
    NOT_CHECKED,
    /** It was held against something, and nothing breaks it. */
    PASSED,
    /** The plan has nothing that it speaks of. */
    NOT_APPLICABLE
}
