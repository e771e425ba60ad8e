/**
 * What a configuration means: the resolved fleet, in which every derived number and name is computed once. It imports
 * {@link io.buildkitefleet.config} and {@link io.buildkitefleet.config.value}, and knows nothing of Pulumi.
 */
package io.buildkitefleet.fleet;
