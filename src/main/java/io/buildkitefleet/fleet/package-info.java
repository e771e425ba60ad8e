/**
 * What a configuration means: the resolved fleet, in which every derived number and name is computed once. It imports
 * {@link io.buildkitefleet.config} and, for the names that variables may have, {@link io.buildkitefleet.variables}, and
 * knows nothing of Pulumi.
 */
package io.buildkitefleet.fleet;
