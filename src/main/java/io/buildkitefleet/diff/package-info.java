/**
 * What changes between two plans of a stack, and how two stacks differ, as values: resources, their properties, what a
 * change replaces, the queues and the cost. It imports gson, {@link io.buildkitefleet.config},
 * {@link io.buildkitefleet.plan}, {@link io.buildkitefleet.pulumi}, {@link io.buildkitefleet.resources} and
 * {@link io.buildkitefleet.cost}.
 */
package io.buildkitefleet.diff;
