/**
 * What a rule is: what holds, why, what to do, and how a plan is held against it. It imports
 * {@link io.buildkitefleet.rules.plan}, {@link io.buildkitefleet.pulumi} and {@link io.buildkitefleet.resources}.
 */
package io.buildkitefleet.rules.rule;
