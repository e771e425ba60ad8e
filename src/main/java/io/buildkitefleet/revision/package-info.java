/**
 * Another revision of the project: checked out beside the working tree and previewed with its own program. It imports
 * {@link io.buildkitefleet.preview}, of which it needs the project and the exception.
 */
package io.buildkitefleet.revision;
