/**
 * The components that Pulumi registers in Google Cloud. It imports Pulumi's SDK, {@link io.buildkitefleet.fleet} and
 * {@link io.buildkitefleet.config}; it derives no number and no name that those hold.
 */
package io.buildkitefleet.gcp;
