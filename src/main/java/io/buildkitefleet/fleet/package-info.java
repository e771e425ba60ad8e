/**
 * What a configuration means: the resolved fleet, in which every derived number and name is computed once. It imports
 * {@link io.buildkitefleet.cloud}, {@link io.buildkitefleet.config}, {@link io.buildkitefleet.config.read},
 * {@link io.buildkitefleet.config.value}, {@link io.buildkitefleet.fleet.identity},
 * {@link io.buildkitefleet.fleet.images}, {@link io.buildkitefleet.pins} and {@link io.buildkitefleet.text}, and knows
 * nothing of Pulumi.
 */
package io.buildkitefleet.fleet;
