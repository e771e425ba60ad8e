/**
 * Makes a fleet of a configuration: sizes, shares and quotas, in which every number is computed. It imports
 * {@link io.buildkitefleet.cloud}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.fleet.checks},
 * {@link io.buildkitefleet.fleet.identity}, {@link io.buildkitefleet.fleet.images}, {@link io.buildkitefleet.config},
 * {@link io.buildkitefleet.config.read}, {@link io.buildkitefleet.config.value} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.fleet.resolve;
