package io.buildkitefleet.fleet;

import io.buildkitefleet.config.value.Memory;

/**
 * The on-demand nodes of GKE's own pods, of the queues' controllers, of the cache servers and of what makes disks of
 * git mirrors: a controller that is preempted takes its queue with it.
 */
public final class SystemPool {
    public static final String NAME = "system";

    /**
     * What a controller asks for, the chart leaves it open. Controller 0.47.0 took 67 MB when idle, 79 MB with 20 jobs
     * in flight and 400 waiting, 213 MB with 1,000 in flight and 3,000 in all, and at most 245 MB while every job was
     * refused; its CPU stayed below 100m.
     */
    public static final Resources CONTROLLER = Resources.of(100, 256);

    /**
     * What a controller may take, twice the most that was measured: one that leaks is started again before it takes the
     * memory of the others on its node.
     */
    public static final Memory CONTROLLER_LIMIT = new Memory(512);

    /** What is beyond the nodes that its pods need, so that an upgrade has room. */
    public static final int SPARE_NODES = 1;

    private SystemPool() {}

    /** The nodes that its pods need day and night. */
    public static int steadyNodes(Pool system) {
        return system.primary().max() - SPARE_NODES;
    }
}
