/**
 * The pods that a plan leads to: those that it has itself, and those that a release of Buildkite's controller leads to,
 * as the chart and the controller agent-stack-k8s 0.47.0 make them of its values. It imports gson, snakeyaml,
 * {@link io.buildkitefleet.fleet.images}, {@link io.buildkitefleet.pulumi}, {@link io.buildkitefleet.resources} and
 * {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.pods;
