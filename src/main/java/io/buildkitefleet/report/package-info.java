/**
 * How a plan, a fleet, its cost, what changes and the findings of rules are told: as text for a terminal and in forms
 * that tools read. It imports picocli, gson, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.config},
 * {@link io.buildkitefleet.cost}, {@link io.buildkitefleet.diff}, {@link io.buildkitefleet.preview} and
 * {@link io.buildkitefleet.rules}.
 */
package io.buildkitefleet.report;
