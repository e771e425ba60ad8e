/**
 * How a plan's cost, what changes and what breaks a rule are told to programs. It imports gson,
 * {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.cost}, {@link io.buildkitefleet.diff},
 * {@link io.buildkitefleet.registry}, {@link io.buildkitefleet.rules}, {@link io.buildkitefleet.rules.rule} and
 * {@link io.buildkitefleet.config.value}.
 */
package io.buildkitefleet.report.json;
