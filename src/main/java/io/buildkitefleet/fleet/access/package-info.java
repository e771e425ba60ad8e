/**
 * What the fleet's own accounts may do in Google Cloud, as the configuration means it. It imports
 * {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.fleet.identity}, {@link io.buildkitefleet.config.value} and
 * {@link io.buildkitefleet.config}.
 */
package io.buildkitefleet.fleet.access;
