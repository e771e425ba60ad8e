/**
 * What a plan must not be: rules with their reasons and sources, and what comes of holding a plan against them. It
 * imports gson, {@link io.buildkitefleet.rules.plan}, {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.pulumi},
 * {@link io.buildkitefleet.resources}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.config},
 * {@link io.buildkitefleet.config.read}, {@link io.buildkitefleet.config.value} and {@link io.buildkitefleet.text}; how
 * findings are told is not its business.
 */
package io.buildkitefleet.rules;
