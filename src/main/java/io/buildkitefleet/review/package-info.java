/**
 * What is worth saying of a change before it is merged: what it does to each stack, and which findings it adds and
 * mends. It imports {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.revision}, {@link io.buildkitefleet.diff},
 * {@link io.buildkitefleet.rules}, {@link io.buildkitefleet.rules.rule}, {@link io.buildkitefleet.pulumi} and
 * {@link io.buildkitefleet.config.read}; how it is told is {@code page}'s business.
 */
package io.buildkitefleet.review;
