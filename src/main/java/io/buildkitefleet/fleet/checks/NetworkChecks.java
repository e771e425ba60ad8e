package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.NetworkConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.text.Count;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The address plan: private, without overlaps, and large enough for every node at once. */
final class NetworkChecks implements Check {
    private final Fleet fleet;
    private final Problems problems;
    private final Place at;

    NetworkChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
        this.at = problems.at("network");
    }

    @Override
    public void run() {
        var network = fleet.config().network();
        var ranges = new LinkedHashMap<String, Cidr>();
        ranges.put("nodes", network.nodes());
        ranges.put("pods", network.pods());
        ranges.put("services", network.services());
        ranges.put("controlPlane", network.controlPlane());
        ranges.keySet().removeIf(at::isInDoubt);
        ranges.forEach(this::isPrivate);
        overlaps(ranges);
        if (network.controlPlane().prefix() != Limit.CONTROL_PLANE_PREFIX.most()) {
            at.add(
                    "controlPlane",
                    "must be a /" + Limit.CONTROL_PLANE_PREFIX.most() + ", got " + network.controlPlane());
        }
        var services = network.services().prefix();
        if (!at.isInDoubt("services")
                && (services < Limit.SERVICES_PREFIX.least() || services > Limit.SERVICES_PREFIX.most())) {
            at.add(
                    "services",
                    "must be from /" + Limit.SERVICES_PREFIX.least() + " to /" + Limit.SERVICES_PREFIX.most() + ", got "
                            + network.services() + "; it cannot change later");
        }
        if (!areNodesInDoubt()) {
            capacity(network);
        }
    }

    /** Whether a pool may have a fallback, or lack one, by mistake. */
    private boolean areNodesInDoubt() {
        return problems.at("zones").isInDoubt()
                || fleet.config().pools().keySet().stream()
                        .map(pool -> problems.at("pools", pool))
                        .anyMatch(pool ->
                                pool.isInDoubt("capacity") || pool.isInDoubt("fallback") || pool.isInDoubt("zones"));
    }

    private void isPrivate(String key, Cidr range) {
        var inside = Cidr.PRIVATE_RANGES.stream()
                .anyMatch(known -> known.overlaps(range) && known.prefix() <= range.prefix());
        if (!inside) {
            at.add(key, "must be a private range, within " + Cidr.PRIVATE_RANGES + ", got " + range);
        }
    }

    private void overlaps(Map<String, Cidr> ranges) {
        var keys = List.copyOf(ranges.keySet());
        for (int i = 0; i < keys.size(); i++) {
            for (var other : keys.subList(0, i)) {
                var range = ranges.get(keys.get(i));
                if (range.overlaps(ranges.get(other))) {
                    at.add(keys.get(i), range + " overlaps with " + other + " (" + ranges.get(other) + ")");
                }
            }
        }
    }

    private void capacity(NetworkConfig network) {
        var most = fleet.mostNodes();
        var sum = most + " nodes, the sum of all pools with their fallbacks";
        if (most > network.nodes().size() - Limit.SUBNET_RESERVED.most()) {
            at.add("nodes", network.nodes() + " has too few addresses for " + sum);
        }
        if (most * Limit.POD_ADDRESSES_OF_NODE.most() > network.pods().size()) {
            at.add(
                    "pods",
                    network.pods() + " is enough for "
                            + new Count(network.pods().size() / Limit.POD_ADDRESSES_OF_NODE.most(), "node")
                            + ", and not for "
                            + sum);
        }
        var nodesPerAddress = (long) Limit.NAT_PORTS.most() / Fleet.LEAST_NAT_PORTS;
        if (most > network.natAddresses() * nodesPerAddress) {
            at.add(
                    "natAddresses",
                    "must be at least " + (most + nodesPerAddress - 1) / nodesPerAddress + " for " + sum + ", got "
                            + network.natAddresses());
        }
    }
}
