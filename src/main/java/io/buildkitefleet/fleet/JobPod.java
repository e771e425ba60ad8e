package io.buildkitefleet.fleet;

import io.buildkitefleet.config.value.Memory;
import java.util.Optional;

/**
 * What the pod of one job asks for.
 *
 * @param command the container of the job's command: what "a job gets"
 * @param docker the Docker daemon beside it, where the queue can build images
 * @param disk ephemeral storage, of which a daemon gets half
 * @param gpus whole GPUs
 */
public record JobPod(Resources command, Optional<Resources> docker, Memory disk, int gpus) {
    /**
     * The agent's container hands the log on and waits. Buildkite sets no requests of its own; a pod without any is the
     * first to be evicted.
     */
    public static final Resources AGENT = Resources.of(25, 64);

    /** The checkout has the node to itself until the command starts, so it needs little that is its own. */
    public static final Resources CHECKOUT = Resources.of(25, 64);

    /** A service that a step starts beside its command, such as a database, and that asks for nothing itself. */
    public static final Resources SIDECAR = AGENT;

    public static final Resources OVERHEAD = AGENT.plus(CHECKOUT).plus(SIDECAR);

    /** Less than this does not start a shell and a compiler. */
    public static final Resources LEAST = Resources.of(50, 128);

    /** The sum of all its containers, with one sidecar that the step may bring. */
    public Resources requests() {
        return OVERHEAD.plus(command).plus(docker.orElse(Resources.NONE));
    }

    /** Disk of the job's working directory. */
    public Memory workspace() {
        return docker.isPresent() ? new Memory(disk.mebibytes() / 2) : disk;
    }

    /** Disk of the Docker daemon's images and containers: what the working directory leaves. */
    public Memory dockerStorage() {
        return disk.minus(workspace());
    }
}
