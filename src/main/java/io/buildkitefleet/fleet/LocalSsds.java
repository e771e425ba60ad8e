package io.buildkitefleet.fleet;

import io.buildkitefleet.config.value.Memory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Local SSDs that hold what the pods of a node write, and its images, in place of the boot disk. */
public final class LocalSsds {
    /** Size of each: https://cloud.google.com/compute/docs/disks/local-ssd */
    public static final int GIB = 375;

    /**
     * What a file system over them takes on COS, in KiB, by their number; measured on GKE's nodes for
     * https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler/cloudprovider/gce
     */
    private static final Map<Integer, Long> FILE_SYSTEM_KIB = Map.of(
            1, 7_289_472L,
            2, 13_725_224L,
            3, 20_031_312L,
            4, 26_332_924L,
            5, 32_634_536L,
            6, 38_946_604L,
            7, 45_254_008L,
            8, 51_556_096L,
            16, 52_837_800L,
            24, 78_686_620L);

    private LocalSsds() {}

    /**
     * How many a machine may be given, by the tables in https://cloud.google.com/compute/docs/general-purpose-machines,
     * and for N1 in https://cloud.google.com/compute/docs/disks/local-ssd; none where nothing is known here.
     */
    public static List<Integer> countsOf(MachineType machine) {
        var vcpus = machine.vcpus();
        return switch (machine.series()) {
            case "n1" -> List.of(1, 2, 3, 4, 5, 6, 7, 8, 16, 24);
            case "n2" -> from(vcpus <= 10 ? 1 : vcpus <= 20 ? 2 : vcpus <= 40 ? 4 : vcpus <= 80 ? 8 : 16);
            case "n2d" -> from(vcpus <= 16 ? 1 : vcpus <= 48 ? 2 : vcpus <= 80 ? 4 : 8);
            default -> List.of();
        };
    }

    private static List<Integer> from(int least) {
        return Stream.of(1, 2, 4, 8, 16, 24).filter(count -> count >= least).toList();
    }

    /**
     * What they leave for pods and images: a tenth is the kubelet's eviction threshold, and GKE reserves 50 GiB of one,
     * 75 of two and 100 of more (https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes).
     *
     * @param count one that some machine may be given
     */
    public static Memory allocatable(int count) {
        var gibibytes = count * GIB - FILE_SYSTEM_KIB.get(count) / (1024.0 * 1024);
        return new Memory((long) (1024 * (0.9 * gibibytes - Math.min(25 + 25 * count, 100))));
    }
}
