/**
 * What a plan must not be, and what comes of holding a plan against every rule. It imports
 * {@link io.buildkitefleet.rules.rule}, {@link io.buildkitefleet.rules.plan},
 * {@link io.buildkitefleet.rules.admission}, {@link io.buildkitefleet.rules.google},
 * {@link io.buildkitefleet.rules.kubernetes}, {@link io.buildkitefleet.rules.made},
 * {@link io.buildkitefleet.rules.recorded}, {@link io.buildkitefleet.rules.rights},
 * {@link io.buildkitefleet.rules.whole}, {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.resources},
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.config.read} and {@link io.buildkitefleet.text}; how
 * findings are told is not its business.
 */
package io.buildkitefleet.rules;
