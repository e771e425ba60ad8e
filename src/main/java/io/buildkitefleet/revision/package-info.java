/**
 * Another revision of the project: checked out beside the working tree and previewed with its own program. It imports
 * {@link io.buildkitefleet.pulumi}, of which it needs the project and the exception.
 */
package io.buildkitefleet.revision;
