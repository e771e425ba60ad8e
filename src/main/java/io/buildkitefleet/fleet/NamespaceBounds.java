package io.buildkitefleet.fleet;

import io.buildkitefleet.config.NamespaceConfig;
import io.buildkitefleet.config.value.Memory;

/**
 * A namespace that jobs deploy into, where its pods run, and what they may ask for together. They run on nodes of a
 * pool, never on the system's, and take part of it as a queue does: what they may fill, jobs do not count on.
 *
 * @param config what a person wrote of it
 * @param nodes how many of the pool's nodes they may fill
 */
public record NamespaceBounds(String name, NamespaceConfig config, Pool pool, int nodes) {
    /** What a container asks for that says nothing. */
    public static final Resources DEFAULT = Resources.of(50, 64);

    /** Disk of a node that a container asks for if it says nothing. */
    public static final Memory DEFAULT_DISK = new Memory(256);

    /** The most that its pods ask for together. */
    public Resources requests() {
        return pool.forJobs().times(nodes);
    }

    /** The most disk of nodes that they ask for together. */
    public Memory disk() {
        return new Memory(pool.diskForJobs().mebibytes() * nodes);
    }

    public int pods() {
        return pool.podsForJobs() * nodes;
    }

    /** The memory at which a container ends that names no limit: half of a node. */
    public Memory memoryLimit() {
        return pool.forJobs().dividedBy(2).memory();
    }

    /** The highest limit of memory that a container may name: what jobs have on one node. */
    public Memory mostMemory() {
        return pool.forJobs().memory();
    }

    /** The highest limit of disk that a container may name: what jobs have on one node. */
    public Memory mostDisk() {
        return pool.diskForJobs();
    }

    /** The disk at which a pod ends whose container names no limit: half of what a node has. */
    public Memory diskLimit() {
        return new Memory(pool.diskForJobs().mebibytes() / 2);
    }
}
