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
 */
public record Finding(Rule rule, String resource, String type, String urn, String detail, Optional<Waiver> waiver) {
    static Finding of(Rule rule, Flaw flaw, Optional<Waiver> waiver) {
        var resource = flaw.resource();
        return new Finding(rule, resource.name(), resource.type(), resource.urn(), flaw.detail(), waiver);
    }

    /** About the configuration itself. */
    static Finding of(Rule rule, String place, String detail) {
        return new Finding(rule, place, "", "", detail, Optional.empty());
    }

    public boolean isOpen() {
        return waiver.isEmpty();
    }
}
