package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.fleet.Fleet;

/**
 * Keeps the mirror out of the fleet's own registry: jobs push there, and would replace what runs beside every other
 * job, and what has no tag or is old is deleted there.
 */
final class RegistryMirrorChecks implements Check {
    private final Fleet fleet;
    private final Problems problems;

    RegistryMirrorChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
    }

    @Override
    public void run() {
        if (problems.at("name").isInDoubt() || problems.at("region").isInDoubt()) {
            return;
        }
        var own = fleet.names().imageRegistry();
        fleet.config()
                .registryMirror()
                .map(RegistryMirror::address)
                .filter(address -> (address + "/").startsWith(own + "/"))
                .ifPresent(address -> problems.at("registryMirror")
                        .add("is in the fleet's own registry, got \"" + address
                                + "\": jobs push there, and could replace what the fleet runs; use a repository that no job"
                                + " writes to"));
    }
}
