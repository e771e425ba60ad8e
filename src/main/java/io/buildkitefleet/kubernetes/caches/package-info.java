/**
 * The cache servers that jobs share. It imports Pulumi's SDK, {@link io.buildkitefleet.component},
 * {@link io.buildkitefleet.kubernetes}, {@link io.buildkitefleet.fleet} and {@link io.buildkitefleet.pins}. Its type
 * tokens never change.
 */
package io.buildkitefleet.kubernetes.caches;
