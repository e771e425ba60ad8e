/**
 * The pods that a release of Buildkite's controller leads to: its own, and that of a step's job, as the chart and the
 * controller agent-stack-k8s 0.47.0 make them of a release's values. It imports gson, snakeyaml,
 * {@link io.buildkitefleet.pulumi} and {@link io.buildkitefleet.fleet.images}.
 */
package io.buildkitefleet.pods;
