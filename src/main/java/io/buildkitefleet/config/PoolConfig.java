package io.buildkitefleet.config;

import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.config.value.Fallback;
import io.buildkitefleet.config.value.Sandbox;
import java.util.List;
import java.util.Optional;

/**
 * A pool of nodes for jobs.
 *
 * @param machineType Google's name, such as {@code n1-standard-8}
 * @param zones the zones of its nodes: none for those of the cluster
 * @param min fewest nodes, in total
 * @param max most nodes, in total
 * @param diskGb size of a node's boot disk in GB
 * @param imageStreaming whether nodes start containers before their images are complete; empty: as the node's size
 *     suggests
 * @param load how much work it has
 */
public record PoolConfig(
        String machineType,
        Capacity capacity,
        Fallback fallback,
        List<String> zones,
        int min,
        int max,
        int diskGb,
        DiskType diskType,
        Sandbox sandbox,
        Optional<Boolean> imageStreaming,
        Optional<AcceleratorConfig> accelerator,
        LoadConfig load) {
    /**
     * The GPUs of a node.
     *
     * @param type Google's name, such as {@code nvidia-tesla-t4}
     */
    public record AcceleratorConfig(String type, int count) {}

    /** The same pool of other machines. */
    public PoolConfig withMachineType(String other) {
        return new PoolConfig(
                other,
                capacity,
                fallback,
                zones,
                min,
                max,
                diskGb,
                diskType,
                sandbox,
                imageStreaming,
                accelerator,
                load);
    }
}
