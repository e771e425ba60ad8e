/**
 * The command line behind {@code ./fleet}: what a person types, and what the person gets to read. It imports picocli,
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.preview} and
 * {@link io.buildkitefleet.report}.
 */
package io.buildkitefleet.cli;
