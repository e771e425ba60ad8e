package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Section;
import java.util.Optional;

/**
 * What a namespace that jobs deploy into may hold.
 *
 * @param pool the pool whose nodes run its pods, if not that of the first queue that deploys into it
 * @param nodes how many of the pool's nodes its pods may fill, if not its share
 * @param storageGb all of its disks together
 * @param loadBalancers load balancers of services, and as many ingresses
 * @param gpus whole GPUs
 * @param identity whether its pods reach the server that hands out Google identities
 */
public record NamespaceConfig(
        Optional<String> pool, Optional<Integer> nodes, int storageGb, int loadBalancers, int gpus, boolean identity) {
    private static final int STORAGE_GB = 50;

    /** What a namespace may hold of which nothing is said. */
    public static final NamespaceConfig DEFAULT =
            new NamespaceConfig(Optional.empty(), Optional.empty(), STORAGE_GB, 0, 0, false);

    static NamespaceConfig read(Section in) {
        return new NamespaceConfig(
                in.field("pool", "Pool whose nodes run its pods; no queue has to use it")
                        .text(Forms.LABEL, "the name of a pool")
                        .optional("that of the first queue that deploys into it"),
                in.field("nodes", "Nodes of the pool that its pods may fill")
                        .integer(1, 1000)
                        .optional("the pool's nodes, shared evenly with its queues and its other namespaces"),
                in.field("storageGb", "GB of all its disks together")
                        .integer(0, 1_000_000)
                        .orElse(STORAGE_GB),
                in.field("loadBalancers", "Services with a load balancer, and as many ingresses; each is billed")
                        .integer(0, 100)
                        .orElse(0),
                in.field("gpus", "GPUs of its pods together").integer(0, 1000).orElse(0),
                in.field(
                                "identity",
                                "Let its pods ask Google's metadata server for the identity of their service account")
                        .flag()
                        .orElse(false));
    }
}
