/**
 * Pulumi's own files and shapes: a project, its stacks, and what a program registers. It knows no fleet, and imports
 * gson, snakeyaml, commons-text, protobuf and {@link io.buildkitefleet.text}; nothing else of the project.
 */
package io.buildkitefleet.pulumi;
