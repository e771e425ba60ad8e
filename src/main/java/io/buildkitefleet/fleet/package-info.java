/**
 * What a configuration means: the resolved fleet, in which every derived number and name is computed once. It imports
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.config.value} and {@link io.buildkitefleet.pins}, and
 * knows nothing of Pulumi.
 */
package io.buildkitefleet.fleet;
