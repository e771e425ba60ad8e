/**
 * What a fleet costs a month by a dated list of Google's prices, as values that a person can check line by line. It
 * imports gson, {@link io.buildkitefleet.config} and {@link io.buildkitefleet.fleet}, and knows nothing of Pulumi.
 */
package io.buildkitefleet.cost;
