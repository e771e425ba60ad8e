/**
 * The file of a new stack, from an example. It imports commons-text, snakeyaml, {@link io.buildkitefleet.cloud},
 * {@link io.buildkitefleet.cost} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.scaffold;
