/**
 * The program's table of contents: reads a stack's configuration, resolves it, and registers the components and the
 * outputs. It imports Pulumi's SDK, gson, {@link io.buildkitefleet.config}, {@link io.buildkitefleet.config.read},
 * {@link io.buildkitefleet.config.value}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.fleet.resolve},
 * {@link io.buildkitefleet.gcp}, {@link io.buildkitefleet.kubernetes}, {@link io.buildkitefleet.kubernetes.admission},
 * {@link io.buildkitefleet.kubernetes.caches}, {@link io.buildkitefleet.kubernetes.mirrors},
 * {@link io.buildkitefleet.kubernetes.queue}, {@link io.buildkitefleet.mac} and, for the files that a stack extends,
 * {@link io.buildkitefleet.pulumi}; the command line and the preview run the program and are no part of it.
 */
package io.buildkitefleet.stack;
