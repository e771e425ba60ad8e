/**
 * What the components in the cluster share. They are in {@code queue}, {@code agent}, {@code mirrors} and
 * {@code caches}; what was made in Google Cloud, they are given. It imports Pulumi's SDK, gson, snakeyaml,
 * {@link io.buildkitefleet.component}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.config.value} and
 * {@link io.buildkitefleet.text}.
 *
 * <p>The type tokens of the components do not follow the packages: they are part of the URNs, and another token would
 * replace what a fleet runs on.
 */
package io.buildkitefleet.kubernetes;
