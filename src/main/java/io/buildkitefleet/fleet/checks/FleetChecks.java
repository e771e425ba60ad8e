package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import java.util.Map;

/** What must hold between the parts of a fleet, whoever wrote them. */
public final class FleetChecks {
    private final Fleet fleet;
    private final Problems problems;

    public FleetChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
    }

    public void run() {
        new NetworkChecks(fleet, problems).run();
        new DockerNetworkChecks(fleet.config(), problems).run();
        new TrustChecks(fleet.config(), problems).run();
        new AgentChecks(fleet.config(), problems).run();
        new NameChecks(fleet.config(), problems).run();
        new CapabilityChecks(fleet.config(), problems).run();
        new DebugChecks(fleet.config(), problems).run();
        new CacheChecks(fleet.config(), problems).run();
        new MirrorChecks(fleet, problems).run();
        maintenance();
        reachable();
        notEmpty(".pools", "pool", fleet.config().pools());
        notEmpty(".queues", "queue", fleet.config().queues());
    }

    private void notEmpty(String key, String one, Map<String, ?> all) {
        var path = FleetConfigReader.ROOT + key;
        if (all.isEmpty() && !problems.anyBelow(path)) {
            problems.add(path, "is empty; a fleet needs at least one " + one);
        }
    }

    /** GKE wants 48 hours of windows in any 32 days. */
    private void maintenance() {
        var path = FleetConfigReader.ROOT + ".cluster.maintenance";
        var maintenance = fleet.config().cluster().maintenance();
        var hours = maintenance.days().size() * maintenance.hours() * 32 / 7;
        if (hours < 48 && !problems.anyBelow(path)) {
            problems.add(path, "leaves " + hours + " hours in 32 days, and GKE wants 48; add days, or raise hours");
        }
    }

    private void reachable() {
        var cluster = fleet.config().cluster();
        var path = FleetConfigReader.ROOT + ".cluster.authorizedNetworks";
        var inDoubt = problems.anyAt(FleetConfigReader.ROOT + ".cluster")
                || problems.anyBelow(path)
                || problems.anyBelow(FleetConfigReader.ROOT + ".cluster.privateEndpoint");
        if (cluster.authorizedNetworks().isEmpty() && !cluster.privateEndpoint() && !inDoubt) {
            problems.add(
                    path,
                    "is empty: nobody could reach the Kubernetes API, nor could pulumi up; list the ranges that may, "
                            + "as [{cidr: 203.0.113.0/24, name: office}]");
        }
    }
}
