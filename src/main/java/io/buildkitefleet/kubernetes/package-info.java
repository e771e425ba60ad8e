/**
 * The components that Pulumi registers in the cluster: what a queue is made of there. It imports Pulumi's SDK,
 * {@link io.buildkitefleet.fleet} and {@link io.buildkitefleet.config}, and gets from the caller what
 * {@link io.buildkitefleet.gcp} made.
 */
package io.buildkitefleet.kubernetes;
