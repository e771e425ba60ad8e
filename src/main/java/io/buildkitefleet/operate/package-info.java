/**
 * The way from a preview to a real fleet: handing over to Pulumi, finding what is missing before that, and a shell in a
 * job. It imports gson, {@link io.buildkitefleet.config}, {@link io.buildkitefleet.fleet} and
 * {@link io.buildkitefleet.pulumi}.
 */
package io.buildkitefleet.operate;
