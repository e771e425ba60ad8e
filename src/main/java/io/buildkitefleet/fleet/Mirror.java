package io.buildkitefleet.fleet;

/** Where a queue's checkouts find its git mirrors. */
public sealed interface Mirror {
    /**
     * On each node that its jobs run on; they keep it up to date.
     *
     * @param directory of the node
     */
    record OnNode(String directory) implements Mirror {}

    /**
     * On a disk that its nodes read.
     *
     * @param zone the one zone of its nodes, where the disk has to be
     */
    record OnDisk(String zone) implements Mirror {}
}
