/**
 * How a plan, a fleet, its cost and what changes are told: as text for a terminal and as JSON for tools. It imports
 * picocli, gson, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.config}, {@link io.buildkitefleet.cost},
 * {@link io.buildkitefleet.diff} and {@link io.buildkitefleet.preview}.
 */
package io.buildkitefleet.report;
