/**
 * How a plan, a fleet, its cost, what changes and what breaks a rule are told: as text for a terminal, as a page for
 * reviewers, and in forms that tools read. It imports picocli, gson, {@link io.buildkitefleet.fleet},
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.cost}, {@link io.buildkitefleet.diff},
 * {@link io.buildkitefleet.page}, {@link io.buildkitefleet.preview}, {@link io.buildkitefleet.review} and
 * {@link io.buildkitefleet.rules}.
 */
package io.buildkitefleet.report;
