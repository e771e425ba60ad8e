package io.buildkitefleet.fleet;

import io.buildkitefleet.config.value.Cidr;

/**
 * Where the containers of a job's Docker daemon get their addresses: Docker's own default bridge has the first half of
 * this range, and the networks that jobs make have the second, each with its part. The range is the one of Docker's
 * bridge on any other machine, so what scripts take for granted there holds here too. Left to itself, the daemon would
 * take more of 172.16.0.0/12 and 192.168.0.0/16 with every network, and hide from a job whatever else has these
 * addresses.
 *
 * @see <a href="https://docs.docker.com/reference/cli/dockerd/">The daemon's options</a>
 * @see <a href="https://github.com/moby/moby/issues/37823">The ranges that it takes by itself</a>
 */
public final class DockerNetwork {
    /** All of it. */
    public static final Cidr RANGE = range("172.17.0.0/16");

    /** The address of the default bridge, with the length of its prefix. */
    public static final String BRIDGE = "172.17.0.1/17";

    /** What the other networks are cut from. */
    public static final Cidr NETWORKS = range("172.17.128.0/17");

    /** The length of the prefix of each of them: 128 networks of 254 addresses. */
    public static final int NETWORK_PREFIX = 24;

    private DockerNetwork() {}

    private static Cidr range(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
