/**
 * What a fleet costs a month by a dated list of Google's prices, as values that a person can check line by line. It
 * imports gson, {@link io.buildkitefleet.cloud}, {@link io.buildkitefleet.fleet},
 * {@link io.buildkitefleet.fleet.resolve} and {@link io.buildkitefleet.config.value} and
 * {@link io.buildkitefleet.text}, and knows nothing of Pulumi.
 */
package io.buildkitefleet.cost;
