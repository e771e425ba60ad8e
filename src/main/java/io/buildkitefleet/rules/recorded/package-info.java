/**
 * What somebody has read and agreed to of the files that the fleet runs, and whether they are still that. It imports
 * {@link io.buildkitefleet.rules.rule}, {@link io.buildkitefleet.rules.plan}, {@link io.buildkitefleet.plan},
 * {@link io.buildkitefleet.resources}, {@link io.buildkitefleet.fleet} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.rules.recorded;
