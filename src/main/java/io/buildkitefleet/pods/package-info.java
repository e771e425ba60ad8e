/**
 * The pods that a plan leads to, those too that a plan does not have: the controller's, which its chart makes, and a
 * job's, which the controller makes. It follows agent-stack-k8s 0.47.0. It imports gson, snakeyaml,
 * {@link io.buildkitefleet.fleet.images}, {@link io.buildkitefleet.pulumi} and {@link io.buildkitefleet.resources}.
 */
package io.buildkitefleet.pods;
