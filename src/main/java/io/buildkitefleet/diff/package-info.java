/**
 * What changes between two plans of a stack, as values: resources, their properties, what a change replaces, the queues
 * and the cost. It imports gson and {@link io.buildkitefleet.preview}.
 */
package io.buildkitefleet.diff;
