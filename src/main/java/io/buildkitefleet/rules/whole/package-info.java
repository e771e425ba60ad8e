/**
 * Whether a plan has all that its fleet is made of: what is not there, no other rule could find wrong. It imports
 * {@link io.buildkitefleet.rules.rule}, {@link io.buildkitefleet.rules.plan}, {@link io.buildkitefleet.plan},
 * {@link io.buildkitefleet.pulumi}, {@link io.buildkitefleet.resources}, {@link io.buildkitefleet.fleet} and
 * {@link io.buildkitefleet.fleet.access}.
 */
package io.buildkitefleet.rules.whole;
