/**
 * The command line behind {@code ./fleet}: what a person types, and how a mistake is told. It imports picocli, gson,
 * {@link io.buildkitefleet.bench}, {@link io.buildkitefleet.config}, {@link io.buildkitefleet.cost},
 * {@link io.buildkitefleet.deploy}, {@link io.buildkitefleet.diff}, {@link io.buildkitefleet.page},
 * {@link io.buildkitefleet.preview}, {@link io.buildkitefleet.report}, {@link io.buildkitefleet.review},
 * {@link io.buildkitefleet.revision}, {@link io.buildkitefleet.rules} and {@link io.buildkitefleet.variables}.
 */
package io.buildkitefleet.cli;
