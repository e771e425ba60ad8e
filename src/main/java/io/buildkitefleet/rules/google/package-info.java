/**
 * The rules about what is made in Google Cloud, one file for each subject. It imports gson,
 * {@link io.buildkitefleet.rules.rule}, {@link io.buildkitefleet.rules.plan}, {@link io.buildkitefleet.plan},
 * {@link io.buildkitefleet.pulumi}, {@link io.buildkitefleet.resources}, {@link io.buildkitefleet.cloud},
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.config.value}, {@link io.buildkitefleet.fleet},
 * {@link io.buildkitefleet.fleet.access} and {@link io.buildkitefleet.fleet.identity}.
 */
package io.buildkitefleet.rules.google;
