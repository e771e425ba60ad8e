/**
 * What of others the fleet runs, in which version: {@code pins.json}. It imports gson and
 * {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.pins;
