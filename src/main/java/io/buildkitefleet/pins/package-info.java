/** What of others the fleet runs, in which version: {@code pins.json}. It imports gson. */
package io.buildkitefleet.pins;
