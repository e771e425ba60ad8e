package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.OnlyConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.PodSpecs;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.Fleet;

/** Refuses queues that are for some builds alone where nothing could hold that. */
final class OnlyChecks implements Check {
    private static final String ANY_BRANCH = "*";

    private final FleetConfig config;
    private final Problems problems;

    OnlyChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        config.queues().forEach((name, queue) -> queue.only()
                .ifPresent(only -> only(problems.at("queues", name).at("only"), name, queue, only)));
    }

    private void only(Place at, String name, QueueConfig queue, OnlyConfig only) {
        var place = problems.at("queues", name);
        if (at.isInDoubt() || at.isInDoubt("branches") || at.isInDoubt("pipelines")) {
            return;
        }
        if (only.branches().isEmpty() && only.pipelines().isEmpty()) {
            at.add("names no branches and no pipelines; name some, or leave it out");
        }
        if (queue.trust() == Trust.UNTRUSTED && !place.isInDoubt("trust")) {
            at.add("has no effect on an untrusted queue, whose jobs nothing looks at; leave it out");
            return;
        }
        if (only.branches().isEmpty()) {
            return;
        }
        if (only.branches().size() > 1 && only.branches().contains(ANY_BRANCH)) {
            at.add(
                    "branches",
                    "has \"*\", which stands for every branch, so the others say nothing; leave out \"*\" or the others");
        }
        var repositories = problems.at("repositories");
        if (config.safeBuilds().repositories().isEmpty() && !repositories.isInDoubt()) {
            at.add("branches", "are those of repositories, of which there are none; add some to repositories");
        }
        if (queue.podSpecs() == PodSpecs.ALLOWED && !place.isInDoubt("podSpecs")) {
            at.add(
                    "branches",
                    "cannot be held where podSpecs are allowed: a step's own containers start before git is asked, or do"
                            + " without a checkout; leave out podSpecs or branches");
        }
    }
}
