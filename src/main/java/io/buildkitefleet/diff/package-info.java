/**
 * What changes between two plans of a stack, as values: resources, their properties, what a change replaces, the queues
 * and the cost. It imports gson, {@link io.buildkitefleet.plan} and {@link io.buildkitefleet.pulumi}.
 */
package io.buildkitefleet.diff;
