/**
 * The components that Pulumi registers in the cluster: what a queue is made of there. It imports Pulumi's SDK,
 * {@link io.buildkitefleet.fleet} and {@link io.buildkitefleet.config}; what was made in Google Cloud, it is given.
 */
package io.buildkitefleet.kubernetes;
