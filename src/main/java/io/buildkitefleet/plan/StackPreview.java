package io.buildkitefleet.plan;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.pulumi.Plan;

/** What a stack's configuration means, and what the program makes of it. */
public record StackPreview(Fleet fleet, Plan plan) {}
