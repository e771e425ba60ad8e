/**
 * What is refused of a configuration although each key of it is right: names that are taken, ranges that overlap, what
 * an untrusted queue may not have. It imports {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.cloud},
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.config.read}, {@link io.buildkitefleet.config.value},
 * {@link io.buildkitefleet.fleet.identity}, {@link io.buildkitefleet.fleet.images}, {@link io.buildkitefleet.text} and,
 * for the names that variables may have, {@link io.buildkitefleet.variables}.
 */
package io.buildkitefleet.fleet.checks;
