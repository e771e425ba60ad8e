/**
 * The page that a pull request gets. It imports {@link io.buildkitefleet.review}, {@link io.buildkitefleet.page},
 * {@link io.buildkitefleet.diff}, {@link io.buildkitefleet.resources}, {@link io.buildkitefleet.rules},
 * {@link io.buildkitefleet.cost}, {@link io.buildkitefleet.report.text} and {@link io.buildkitefleet.config.value}.
 */
package io.buildkitefleet.review.page;
