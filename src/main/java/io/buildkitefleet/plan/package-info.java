/**
 * The plan of a stack, which everything else that looks at one takes: made by a preview, or read from a file, of which
 * this has the one reader and writer. It imports gson, {@link io.buildkitefleet.pulumi},
 * {@link io.buildkitefleet.preview}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.fleet.access},
 * {@link io.buildkitefleet.fleet.identity}, {@link io.buildkitefleet.fleet.resolve}, {@link io.buildkitefleet.cost},
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.config.read}, {@link io.buildkitefleet.config.value},
 * {@link io.buildkitefleet.kubernetes}, {@link io.buildkitefleet.kubernetes.admission},
 * {@link io.buildkitefleet.kubernetes.agent}, {@link io.buildkitefleet.kubernetes.caches},
 * {@link io.buildkitefleet.kubernetes.mirrors}, {@link io.buildkitefleet.kubernetes.queue},
 * {@link io.buildkitefleet.signing} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.plan;
