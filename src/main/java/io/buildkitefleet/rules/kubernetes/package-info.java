/**
 * The rules about what is made in the cluster, and about the queues, one file for each subject. It imports gson,
 * {@link io.buildkitefleet.rules.rule}, {@link io.buildkitefleet.rules.rights}, {@link io.buildkitefleet.rules.plan},
 * {@link io.buildkitefleet.rules.secrets}, {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.pulumi},
 * {@link io.buildkitefleet.resources}, {@link io.buildkitefleet.pods}, {@link io.buildkitefleet.pods.security},
 * {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.fleet.images}, {@link io.buildkitefleet.config.value} and
 * {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.rules.kubernetes;
