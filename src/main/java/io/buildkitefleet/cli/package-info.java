/**
 * The command line behind {@code ./fleet}: what a person types, and how a mistake is told. It imports picocli, gson,
 * {@link io.buildkitefleet.buildkite}, {@link io.buildkitefleet.cloud}, {@link io.buildkitefleet.config},
 * {@link io.buildkitefleet.config.read}, {@link io.buildkitefleet.config.reference},
 * {@link io.buildkitefleet.config.value}, {@link io.buildkitefleet.cost}, {@link io.buildkitefleet.diff},
 * {@link io.buildkitefleet.drain}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.fleet.images},
 * {@link io.buildkitefleet.operate}, {@link io.buildkitefleet.output}, {@link io.buildkitefleet.page},
 * {@link io.buildkitefleet.pins}, {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.preview},
 * {@link io.buildkitefleet.pulumi}, {@link io.buildkitefleet.registry}, {@link io.buildkitefleet.report.json},
 * {@link io.buildkitefleet.report.scanner}, {@link io.buildkitefleet.report.text}, {@link io.buildkitefleet.review},
 * {@link io.buildkitefleet.review.page}, {@link io.buildkitefleet.revision}, {@link io.buildkitefleet.rules},
 * {@link io.buildkitefleet.rules.rule}, {@link io.buildkitefleet.scaffold}, {@link io.buildkitefleet.signing},
 * {@link io.buildkitefleet.stack}, {@link io.buildkitefleet.text} and {@link io.buildkitefleet.variables}.
 */
package io.buildkitefleet.cli;
