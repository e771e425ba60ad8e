package io.buildkitefleet.fleet;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.Problems;

/** Names that Google or Kubernetes would refuse, and names that would be taken twice. */
final class NameChecks {
    /** A DNS label, RFC 1123. */
    static final int LONGEST_LABEL = 63;

    /** https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters */
    private static final int LONGEST_CLUSTER = 40;

    /** https://cloud.google.com/iam/docs/service-accounts-create */
    private static final int SHORTEST_ACCOUNT = 6;

    private static final String ROOT = FleetResolver.ROOT;

    private final FleetConfig config;
    private final Problems problems;

    NameChecks(FleetConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void run() {
        if (config.name().length() > LONGEST_CLUSTER) {
            problems.add(
                    ROOT + ".name",
                    "GKE refuses cluster names of over " + LONGEST_CLUSTER + " characters, got \"" + config.name()
                            + "\"; set a shorter one");
        }
        var bucket = Fleet.artifactBucket(config);
        if (bucket.length() > LONGEST_LABEL) {
            problems.add(
                    ROOT + ".name",
                    "Cloud Storage refuses bucket names of over " + LONGEST_LABEL + " characters, got \"" + bucket
                            + "\"; set a shorter name");
        }
        config.queues().keySet().forEach(queue -> account(ROOT + ".queues." + queue, queue));
        config.mac().ifPresent(mac -> {
            account(ROOT + ".mac.queue", mac.queue());
            if (config.queues().containsKey(mac.queue())) {
                problems.add(
                        ROOT + ".mac.queue",
                        "is the name of a queue in the cluster too, got \"" + mac.queue()
                                + "\"; jobs for the one would go to the other");
            }
        });
        if (config.queues().containsKey("node")) {
            problems.add(ROOT + ".queues.node", "must have another name: the nodes' own identity is named so");
        }
    }

    private void account(String path, String queue) {
        var id = AccountNames.of(config, queue);
        if (id.length() > AccountNames.LONGEST || id.length() < SHORTEST_ACCOUNT) {
            problems.add(
                    path,
                    "its Google service account would be \"" + id + "\", and Google wants " + SHORTEST_ACCOUNT + " to "
                            + AccountNames.LONGEST + " characters; use another queue name, or set name ("
                            + config.name() + ")");
        }
    }
}
