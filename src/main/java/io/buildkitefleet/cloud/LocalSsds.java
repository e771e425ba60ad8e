package io.buildkitefleet.cloud;

import io.buildkitefleet.config.value.Memory;
import java.util.Map;

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

    /** The most that one of them gave up; what was not measured is reckoned with that. */
    private static final long MOST_KIB = FILE_SYSTEM_KIB.get(1);

    private LocalSsds() {}

    /**
     * What they leave for pods and images: a tenth is the kubelet's eviction threshold, and GKE reserves 50 GiB of one,
     * 75 of two and 100 of more (https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes).
     */
    public static Memory allocatable(int count) {
        var gibibytes = count * GIB - FILE_SYSTEM_KIB.getOrDefault(count, count * MOST_KIB) / (1024.0 * 1024);
        return new Memory((long) (1024 * (0.9 * gibibytes - Math.min(25 + 25 * count, 100))));
    }
}
