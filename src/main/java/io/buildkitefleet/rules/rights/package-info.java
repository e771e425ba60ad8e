/**
 * The rules about who may do what in the cluster. It imports {@link io.buildkitefleet.rules.rule},
 * {@link io.buildkitefleet.rules.plan}, {@link io.buildkitefleet.resources} and {@link io.buildkitefleet.fleet}.
 */
package io.buildkitefleet.rules.rights;
