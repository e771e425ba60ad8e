/**
 * The components that Pulumi registers in Google Cloud. It imports Pulumi's SDK, {@link io.buildkitefleet.component},
 * {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.fleet.identity}, {@link io.buildkitefleet.config} and
 * {@link io.buildkitefleet.config.value}; it derives no number and no name that those hold. Its type tokens never
 * change.
 */
package io.buildkitefleet.gcp;
