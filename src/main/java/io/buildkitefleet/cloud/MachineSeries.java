package io.buildkitefleet.cloud;

import io.buildkitefleet.config.value.DiskType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Machines of one kind, such as {@code n2d}, and what is known of them.
 *
 * @param isComplete whether Google makes no more types of it, so that one that is not listed is a mistake
 * @param cpuQuota the quota that counts its vCPUs
 * @param bootDisks the disks that they boot from, the one to take by default first; none if that is not known
 * @param bareMetalBootDisks the same of those without a hypervisor
 * @param custom the types in sizes that a person chooses, if there are some
 * @param localSsds which numbers of local SSDs may be added, if that is known
 * @param gpus those that may be attached, and by how many of them how large the machine may be
 * @param families its types, by what their names begin with: {@code n2d-highcpu}
 */
public record MachineSeries(
        String name,
        boolean isComplete,
        Architecture architecture,
        CpuQuota cpuQuota,
        List<DiskType> bootDisks,
        List<DiskType> bareMetalBootDisks,
        Optional<CustomTypes> custom,
        Optional<AddedSsds> localSsds,
        SortedMap<String, SortedMap<Integer, Largest>> gpus,
        SortedMap<String, Family> families) {
    private static final SortedMap<String, MachineSeries> ALL = MachineFile.series();

    /**
     * What counts vCPUs on demand.
     *
     * @param isKnown whether it is known what does
     * @param metric Compute Engine's name of it; none if Google counts the GPUs alone
     */
    public record CpuQuota(boolean isKnown, Optional<String> metric) {
        public static final CpuQuota UNKNOWN = new CpuQuota(false, Optional.empty());
    }

    /** The most vCPUs and the most GiB of a machine. */
    public record Largest(int vcpus, int gibibytes) {}

    /**
     * @param counts how many there may be, in order
     * @param least how many there must be at least, by the most vCPUs of which that holds
     */
    record AddedSsds(List<Integer> counts, SortedMap<Integer, Integer> least) {
        List<Integer> of(int vcpus) {
            var fewest = least.tailMap(vcpus).values().stream().findFirst().orElse(0);
            return counts.stream().filter(count -> count >= fewest).toList();
        }
    }

    /**
     * @param gpu the kind of GPU that is part of its types, if one is
     * @param sizes by the rest of the names: {@code 8}, {@code 8-lssd}
     */
    record Family(Optional<String> gpu, Map<String, Size> sizes) {}

    record Size(int vcpus, double gibibytes, int localSsds, int gpus) {}

    /** Whether some may be added to its machines, as far as is known. */
    public boolean takesLocalSsds() {
        return localSsds.filter(added -> !added.counts().isEmpty()).isPresent();
    }

    /** The kinds of GPUs that are part of its types. */
    public SortedSet<String> ownGpus() {
        return families.values().stream()
                .flatMap(family -> family.gpu().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The kind of GPU that is part of the types that are listed with such a name, if there are some. */
    public Optional<String> ownGpuOf(String type) {
        return families.entrySet().stream()
                .filter(family -> type.startsWith(family.getKey() + "-"))
                .findFirst()
                .flatMap(family -> family.getValue().gpu());
    }

    /** Every series that is known, by name. */
    public static SortedMap<String, MachineSeries> all() {
        return Collections.unmodifiableSortedMap(ALL);
    }

    /** For a message: how old the list is, and where there is a newer one. */
    public static String asOf() {
        return MachineFile.FILE.asOf();
    }
}
