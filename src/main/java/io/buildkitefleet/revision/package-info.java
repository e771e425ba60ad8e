/**
 * What a change is compared with: a plan in a file, or another revision of the project, which is checked out beside the
 * working tree and previewed with its own program. It imports {@link io.buildkitefleet.plan},
 * {@link io.buildkitefleet.output}, {@link io.buildkitefleet.pulumi}, {@link io.buildkitefleet.config.read} and
 * {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.revision;
