package io.buildkitefleet.rules;

import io.buildkitefleet.config.Waiver;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Rule;
import java.util.Optional;

/**
 * One thing that breaks a rule, as it is reported.
 *
 * @param resource the name of what breaks it
 * @param type its type, empty for what is no resource
 * @param urn its URN, empty for what is no resource
 * @param detail what was found
 * @param waiver what says that it may
 * @param isUnjudged whether nobody can tell if the rule is broken, which strictly is as if it were
 */
public record Finding(
        Rule rule,
        String resource,
        String type,
        String urn,
        String detail,
        Optional<Waiver> waiver,
        boolean isUnjudged) {
    static Finding of(Rule rule, Flaw flaw, Optional<Waiver> waiver) {
        return new Finding(rule, flaw.place(), flaw.type(), flaw.urn(), flaw.detail(), waiver, false);
    }

    /** Of what nobody can tell. */
    static Finding unjudged(Rule rule, Flaw flaw, Optional<Waiver> waiver) {
        return new Finding(
                rule, flaw.place(), flaw.type(), flaw.urn(), "cannot be judged: " + flaw.detail(), waiver, true);
    }

    /** About the configuration itself. */
    static Finding of(Rule rule, String place, String detail) {
        return new Finding(rule, place, "", "", detail, Optional.empty(), false);
    }

    public boolean isOpen() {
        return waiver.isEmpty();
    }
}
