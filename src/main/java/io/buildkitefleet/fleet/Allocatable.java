package io.buildkitefleet.fleet;

import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.Memory;

/**
 * What a GKE node leaves for pods, by the reservations that GKE publishes:
 * https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 *
 * @param resources CPU and memory
 * @param disk ephemeral storage: images, logs, writable layers and emptyDir volumes
 */
public record Allocatable(Resources resources, Memory disk) {
    /** GKE reserves 1060m of the 2 vCPUs of a type that shares a core. */
    private static final int SHARED_CORE_RESERVED_MILLIS = 1060;

    /** The kubelet evicts pods when less memory than this is free. */
    private static final int EVICTION_MEBIBYTES = 100;

    /**
     * What firmware and kernel take of the nominal memory before the kubelet sees it: 112 MiB and 1.6 %. It lies at or
     * just above the loss seen on five node sizes: 135 MiB of 3.75 GiB (n1-standard-1), 172 of 4 (e2-medium), 228 of
     * 7.5, 340 of 15 and 586 of 30 GiB (n1-standard-2, -4 and -8).
     */
    private static final int KERNEL_MEBIBYTES = 112;

    private static final double KERNEL_SHARE = 0.016;

    /** What COS's own partitions take of a boot disk, in GiB: a 100 GB disk has a file system of 94.25 GiB. */
    private static final double SYSTEM_PARTITIONS_GIB = 5.75;

    public static Allocatable of(MachineType machine, int diskGb) {
        return new Allocatable(new Resources(cpu(machine), memory(machine)), disk(diskGb));
    }

    /** What is left of it for jobs beside GKE's own pods. */
    public Resources forJobs(boolean gpu, boolean imageStreaming) {
        return resources.minus(SystemPods.onNode(gpu, imageStreaming));
    }

    /** 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the others is GKE's. */
    private static Cpu cpu(MachineType machine) {
        if (machine.sharedCore()) {
            return new Cpu(machine.vcpus() * 1000 - SHARED_CORE_RESERVED_MILLIS);
        }
        var vcpus = machine.vcpus();
        var reserved =
                60 + (vcpus > 1 ? 10 : 0) + 5 * Math.max(0, Math.min(vcpus - 2, 2)) + 2.5 * Math.max(0, vcpus - 4);
        return new Cpu((int) (vcpus * 1000 - Math.ceil(reserved)));
    }

    /** 25 % of the first 4 GiB, 20 % of the next 4, 10 % of the next 8, 6 % of the next 112 and 2 % beyond is GKE's. */
    private static Memory memory(MachineType machine) {
        double nominal = machine.memory().mebibytes();
        var reserved = 0.25 * slice(nominal, 0, 4)
                + 0.20 * slice(nominal, 4, 8)
                + 0.10 * slice(nominal, 8, 16)
                + 0.06 * slice(nominal, 16, 128)
                + 0.02 * slice(nominal, 128, Integer.MAX_VALUE);
        var visible = nominal - KERNEL_MEBIBYTES - KERNEL_SHARE * nominal;
        return new Memory((long) (visible - reserved - EVICTION_MEBIBYTES));
    }

    private static double slice(double mebibytes, double fromGib, double toGib) {
        return Math.max(0, Math.min(mebibytes, toGib * 1024) - fromGib * 1024);
    }

    /** A tenth is the kubelet's eviction threshold; GKE reserves half, or 6 GiB and 35 %, or 100 GiB, what is least. */
    private static Memory disk(int diskGb) {
        var reserved = Math.min(Math.min(0.5 * diskGb, 6 + 0.35 * diskGb), 100);
        return new Memory((long) (1024 * (0.9 * (diskGb - SYSTEM_PARTITIONS_GIB) - reserved)));
    }
}
