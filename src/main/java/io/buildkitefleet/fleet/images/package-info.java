/**
 * Where the chart and the images come from that the fleet runs of others: from who publishes them, or from a mirror of
 * one's own. It imports {@link io.buildkitefleet.config.value} and {@link io.buildkitefleet.pins}.
 */
package io.buildkitefleet.fleet.images;
