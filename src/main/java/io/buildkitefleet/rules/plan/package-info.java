/**
 * A plan as rules look at it: its resources by type, the parts of their inputs, and what they are to the fleet. It
 * imports gson, {@link io.buildkitefleet.cloud}, {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.pulumi},
 * {@link io.buildkitefleet.resources}, {@link io.buildkitefleet.pods}, {@link io.buildkitefleet.pods.security},
 * {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.fleet.access}, {@link io.buildkitefleet.fleet.identity},
 * {@link io.buildkitefleet.fleet.images} and {@link io.buildkitefleet.config.value}.
 */
package io.buildkitefleet.rules.plan;
