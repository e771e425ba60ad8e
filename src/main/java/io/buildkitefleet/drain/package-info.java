/**
 * An update that waits for jobs first: which queues lose jobs by it, their pause at Buildkite, the wait, Pulumi as a
 * child, and the end of the pause, however that came. It imports gson, {@link io.buildkitefleet.buildkite},
 * {@link io.buildkitefleet.cloud}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.operate},
 * {@link io.buildkitefleet.pulumi}, {@link io.buildkitefleet.resources} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.drain;
