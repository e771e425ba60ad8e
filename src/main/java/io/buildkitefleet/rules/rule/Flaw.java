package io.buildkitefleet.rules.rule;

import io.buildkitefleet.pulumi.Registration;

/**
 * One thing that breaks a rule.
 *
 * @param place the name of the resource that does, or what the plan lacks
 * @param type of the resource; empty for what is none
 * @param urn of the resource; empty for what is none
 * @param detail what was found, without the place
 */
public record Flaw(String place, String type, String urn, String detail) {
    public Flaw(Registration resource, String detail) {
        this(resource.name(), resource.type(), resource.urn(), detail);
    }

    /** Of what is no resource of the plan. */
    public static Flaw at(String place, String detail) {
        return new Flaw(place, "", "", detail);
    }
}
