package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.BuildkiteApi;
import io.buildkitefleet.buildkite.BuildkiteCluster;
import io.buildkitefleet.buildkite.ClusterQueue;
import io.buildkitefleet.operate.OperateException;
import io.buildkitefleet.text.Listing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds the fleet's queues at Buildkite. No part of the fleet's configuration says in which of the organization's
 * clusters they are: an agent token does, and says so to nobody.
 */
final class DrainTargets {
    private final BuildkiteApi api;
    private final String organization;
    private final Collection<String> clusterNames;

    /** @param clusterNames those to look in; all if there are none */
    DrainTargets(BuildkiteApi api, String organization, Collection<String> clusterNames) {
        this.api = api;
        this.organization = organization;
        this.clusterNames = List.copyOf(clusterNames);
    }

    /**
     * The queues of these keys, each of which has to be in one cluster.
     *
     * @throws OperateException if one is in none or in several, with all problems
     */
    List<ClusterQueue> find(Collection<String> keys) throws InterruptedException {
        var all = all();
        var found = new ArrayList<ClusterQueue>();
        var problems = new ArrayList<String>();
        for (var key : keys) {
            var ofKey = all.stream().filter(queue -> queue.key().equals(key)).toList();
            if (ofKey.size() == 1) {
                found.add(ofKey.get(0));
            } else {
                problems.add(problem(key, ofKey));
            }
        }
        if (!problems.isEmpty()) {
            throw new OperateException(String.join("\n", problems));
        }
        return found;
    }

    private String problem(String key, List<ClusterQueue> ofKey) {
        if (ofKey.isEmpty()) {
            return "queue " + key + " is in no cluster of " + organization + " that this token sees"
                    + (clusterNames.isEmpty() ? "" : " and that is named " + String.join(" or ", clusterNames));
        }
        return "queue " + key + " is in several clusters of " + organization + ": "
                + ofKey.stream().map(queue -> queue.cluster().name()).collect(Listing.joining())
                + "; say in which the fleet's are: --buildkite-cluster NAME";
    }

    /** All queues of the clusters to look in. */
    List<ClusterQueue> all() throws InterruptedException {
        var clusters = api.clusters(organization);
        var unknown = clusterNames.stream()
                .filter(name -> clusters.stream().noneMatch(cluster -> isNamed(cluster, name)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new OperateException("no cluster of " + organization + " that this token sees is named "
                    + String.join(" or ", unknown) + "; there are: "
                    + clusters.stream().map(BuildkiteCluster::name).collect(Listing.joining()));
        }
        var queues = new ArrayList<ClusterQueue>();
        for (var cluster : clusters) {
            if (clusterNames.isEmpty() || clusterNames.stream().anyMatch(name -> isNamed(cluster, name))) {
                queues.addAll(api.queues(cluster));
            }
        }
        return queues;
    }

    /** By its name, or by its UUID, which no other has. */
    private static boolean isNamed(BuildkiteCluster cluster, String name) {
        return cluster.name().equals(name) || cluster.id().equals(name);
    }
}
