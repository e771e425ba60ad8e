/**
 * How a plan and a fleet are told: as text for a terminal and as JSON for tools. It imports picocli, gson,
 * {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.config} and {@link io.buildkitefleet.preview}.
 */
package io.buildkitefleet.report;
