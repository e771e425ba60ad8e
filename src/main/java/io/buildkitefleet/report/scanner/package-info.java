/**
 * The forms that other people's tools read: SARIF, JUnit, and the plan as Terraform and as Kubernetes show one. It
 * imports gson, snakeyaml, {@link io.buildkitefleet.pulumi}, {@link io.buildkitefleet.pods},
 * {@link io.buildkitefleet.resources}, {@link io.buildkitefleet.rules}, {@link io.buildkitefleet.rules.rule},
 * {@link io.buildkitefleet.text} and {@link io.buildkitefleet.config.value}.
 */
package io.buildkitefleet.report.scanner;
