/**
 * Whether a plan is what the program makes of its stack's file. It imports gson, {@link io.buildkitefleet.diff},
 * {@link io.buildkitefleet.kubernetes.agent}, {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.pulumi},
 * {@link io.buildkitefleet.resources}, {@link io.buildkitefleet.rules.plan}, {@link io.buildkitefleet.rules.rule},
 * {@link io.buildkitefleet.rules.secrets} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.rules.made;
