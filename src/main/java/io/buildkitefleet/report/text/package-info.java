/**
 * How a plan, its cost, what changes and what breaks a rule are told on a terminal. It imports picocli, gson,
 * commons-text, {@link io.buildkitefleet.cloud}, {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.pulumi},
 * {@link io.buildkitefleet.resources}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.cost},
 * {@link io.buildkitefleet.diff}, {@link io.buildkitefleet.rules}, {@link io.buildkitefleet.rules.rule},
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.config.read}, {@link io.buildkitefleet.config.reference},
 * {@link io.buildkitefleet.config.value} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.report.text;
