/**
 * The plan of a stack: what its program registers, and the fleet that it comes from. It imports gson,
 * {@link io.buildkitefleet.pulumi}, {@link io.buildkitefleet.preview}, {@link io.buildkitefleet.fleet},
 * {@link io.buildkitefleet.fleet.resolve}, {@link io.buildkitefleet.config} and {@link io.buildkitefleet.config.read}.
 */
package io.buildkitefleet.plan;
