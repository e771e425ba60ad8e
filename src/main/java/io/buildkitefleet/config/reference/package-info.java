/**
 * What may be written in a stack's file, for people and for their editors. It imports gson,
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.config.read}, {@link io.buildkitefleet.config.value} and
 * {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.config.reference;
