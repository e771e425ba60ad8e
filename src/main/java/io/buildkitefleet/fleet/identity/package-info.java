/**
 * Who somebody outside of Google Cloud is there, by which tokens, and what those who deploy may do. It imports
 * {@link io.buildkitefleet.cloud}, {@link io.buildkitefleet.config.value} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.fleet.identity;
