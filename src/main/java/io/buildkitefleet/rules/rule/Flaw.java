package io.buildkitefleet.rules.rule;

import io.buildkitefleet.pulumi.Registration;

/**
 * One thing that breaks a rule.
 *
 * @param detail what was found, without the resource's name
 */
public record Flaw(Registration resource, String detail) {}
