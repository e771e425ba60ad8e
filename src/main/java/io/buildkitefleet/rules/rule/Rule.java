package io.buildkitefleet.rules.rule;

import java.util.List;

/**
 * One rule that a plan is held against.
 *
 * @param id its name in waivers and reports, lower-case with hyphens
 * @param title what holds where the rule is kept
 * @param why what goes wrong where it is not
 * @param sources who says so: the CIS GKE Benchmark with its version, checkov's check; none for a rule of the fleet's
 *     own
 * @param mend what to do where it is broken
 */
public record Rule(
        String id, String title, String why, List<String> sources, Severity severity, String mend, Check check) {
    /** Where the rule came from if nobody else has it. */
    public static final String OWN = "buildkite-fleet";

    /** The edition of the benchmark whose numbers the rules bear: they moved from one edition to the next. */
    public static final String CIS = "CIS GKE 1.9.0 ";

    public Rule {
        sources = sources.isEmpty() ? List.of(OWN) : List.copyOf(sources);
    }

    public static Draft named(String id, Severity severity, String title) {
        return new Draft(id, severity, title, "", "", List.of());
    }

    /** A rule that is being written down. */
    public record Draft(String id, Severity severity, String title, String why, String mend, List<String> sources) {
        public Draft why(String text) {
            return new Draft(id, severity, title, text, mend, sources);
        }

        public Draft mend(String text) {
            return new Draft(id, severity, title, why, text, sources);
        }

        public Draft source(String... names) {
            return new Draft(id, severity, title, why, mend, List.of(names));
        }

        public Rule check(Check check) {
            return new Rule(id, title, why, sources, severity, mend, check);
        }
    }
}
