/**
 * The rules about the admission policies of a fleet, which are held to what this version makes, part by part. It
 * imports gson, {@link io.buildkitefleet.rules.rule}, {@link io.buildkitefleet.rules.plan},
 * {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.resources} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.rules.admission;
