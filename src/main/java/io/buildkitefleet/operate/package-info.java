/**
 * The way from a preview to a real fleet: handing over to Pulumi, finding what is missing before that, and a shell in a
 * job. It imports gson, {@link io.buildkitefleet.buildkite}, {@link io.buildkitefleet.cloud},
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.pulumi},
 * {@link io.buildkitefleet.registry} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.operate;
