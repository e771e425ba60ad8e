/**
 * The cache servers that jobs share. It imports Pulumi's SDK, {@link io.buildkitefleet.component},
 * {@link io.buildkitefleet.kubernetes} and {@link io.buildkitefleet.fleet}. Its type tokens never change.
 */
package io.buildkitefleet.kubernetes.caches;
