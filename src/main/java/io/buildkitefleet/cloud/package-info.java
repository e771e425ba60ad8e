/**
 * What is known of Google Cloud itself, in dated files that name their sources. What a file lacks is unknown, and never
 * taken for something that cannot be. It imports gson, {@link io.buildkitefleet.config.value} and
 * {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.cloud;
