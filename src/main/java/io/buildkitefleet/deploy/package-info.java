/**
 * The way from a preview to a real deployment: handing over to Pulumi, and finding what is missing before that. It
 * imports gson, {@link io.buildkitefleet.config}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.preview}
 * and {@link io.buildkitefleet.report}.
 */
package io.buildkitefleet.deploy;
