package io.buildkitefleet.fleet;

import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.config.value.Memory;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Compute Engine machine type.
 *
 * @param name as Google writes it: {@code n1-standard-8}
 * @param series its first part: {@code n1}
 * @param vcpus whole vCPUs; 2 for the types that share a core
 * @param memory nominal memory
 * @param sharedCore whether the vCPUs are a fraction of a core
 * @param gpus GPUs that are part of the machine type
 */
public record MachineType(String name, String series, int vcpus, Memory memory, boolean sharedCore, int gpus) {
    private static final Pattern CUSTOM = Pattern.compile("([a-z0-9]+)-custom-(\\d{1,3})-(\\d{3,7})");

    /**
     * Limits of custom types, by series:
     * https://cloud.google.com/compute/docs/instances/creating-instance-with-custom-machine-type
     */
    private static final Map<String, CustomLimits> CUSTOM_LIMITS = Map.of(
            "n1", new CustomLimits(96, 0.9, 6.5),
            "n2", new CustomLimits(128, 0.5, 8),
            "n2d", new CustomLimits(96, 0.5, 8),
            "e2", new CustomLimits(32, 0.5, 8));

    /** Sizes and GiB of memory a vCPU, from https://cloud.google.com/compute/docs/machine-resource */
    private static final Map<String, Shape> SHAPES = Map.ofEntries(
            shape("n1-standard", 3.75, 1, 2, 4, 8, 16, 32, 64, 96),
            shape("n1-highmem", 6.5, 2, 4, 8, 16, 32, 64, 96),
            shape("n1-highcpu", 0.9, 2, 4, 8, 16, 32, 64, 96),
            shape("e2-standard", 4, 2, 4, 8, 16, 32),
            shape("e2-highmem", 8, 2, 4, 8, 16),
            shape("e2-highcpu", 1, 2, 4, 8, 16, 32),
            shape("n2-standard", 4, 2, 4, 8, 16, 32, 48, 64, 80, 96, 128),
            shape("n2-highmem", 8, 2, 4, 8, 16, 32, 48, 64, 80, 96, 128),
            shape("n2-highcpu", 1, 2, 4, 8, 16, 32, 48, 64, 80, 96),
            shape("n2d-standard", 4, 2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224),
            shape("n2d-highmem", 8, 2, 4, 8, 16, 32, 48, 64, 80, 96),
            shape("n2d-highcpu", 1, 2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224),
            shape("n4-standard", 4, 2, 4, 8, 16, 32, 48, 64, 80),
            shape("n4-highmem", 8, 2, 4, 8, 16, 32, 48, 64, 80),
            shape("n4-highcpu", 2, 2, 4, 8, 16, 32, 48, 64, 80),
            shape("t2d-standard", 4, 1, 2, 4, 8, 16, 32, 48, 60),
            shape("c2-standard", 4, 4, 8, 16, 30, 60),
            shape("c2d-standard", 4, 2, 4, 8, 16, 32, 56, 112),
            shape("c2d-highmem", 8, 2, 4, 8, 16, 32, 56, 112),
            shape("c2d-highcpu", 2, 2, 4, 8, 16, 32, 56, 112),
            shape("c3-standard", 4, 4, 8, 22, 44, 88, 176),
            shape("c3-highmem", 8, 4, 8, 22, 44, 88, 176),
            shape("c3-highcpu", 2, 4, 8, 22, 44, 88, 176),
            shape("c3d-standard", 4, 4, 8, 16, 30, 60, 90, 180, 360),
            shape("c3d-highmem", 8, 4, 8, 16, 30, 60, 90, 180, 360),
            shape("c3d-highcpu", 2, 4, 8, 16, 30, 60, 90, 180, 360),
            shape("g2-standard", 4, 4, 8, 12, 16, 24, 32, 48, 96));

    /** GiB of memory of the sizes that break their family's rule, from the same pages. */
    private static final Map<String, Integer> ODD_GIB = Map.of(
            "n2-highmem-128", 864,
            "c3d-highcpu-30", 59,
            "c3d-highcpu-60", 118,
            "c3d-highcpu-90", 177,
            "c3d-highcpu-180", 354,
            "c3d-highcpu-360", 708);

    /**
     * Types whose two vCPUs share a core: https://cloud.google.com/compute/docs/general-purpose-machines#e2-shared-core
     */
    private static final Map<String, Integer> SHARED_CORE_GIB = Map.of("e2-micro", 1, "e2-small", 2, "e2-medium", 4);

    /** L4 GPUs of the G2 types: https://cloud.google.com/compute/docs/accelerator-optimized-machines#g2-vms */
    private static final Map<Integer, Integer> L4_BY_VCPUS = Map.of(24, 2, 48, 4, 96, 8);

    /** Most vCPUs, and the least and most GiB of memory a vCPU. */
    private record CustomLimits(int vcpus, double leastGib, double mostGib) {}

    private record Shape(double gibibytesPerVcpu, Set<Integer> vcpus) {}

    /** The machine type of this name, if Google has it. */
    public static Optional<MachineType> parse(String name) {
        var sharedGib = SHARED_CORE_GIB.get(name);
        if (sharedGib != null) {
            return Optional.of(new MachineType(name, "e2", 2, Memory.gibibytes(sharedGib), true, 0));
        }
        var custom = CUSTOM.matcher(name);
        if (custom.matches()) {
            return custom(name, custom.group(1), Integer.parseInt(custom.group(2)), Long.parseLong(custom.group(3)));
        }
        var cut = name.lastIndexOf('-');
        var shape = cut < 0 ? null : SHAPES.get(name.substring(0, cut));
        if (shape == null || !name.substring(cut + 1).matches("[1-9]\\d{0,2}")) {
            return Optional.empty();
        }
        var vcpus = Integer.parseInt(name.substring(cut + 1));
        return shape.vcpus.contains(vcpus) ? Optional.of(predefined(name, shape, vcpus)) : Optional.empty();
    }

    /** Whether a person chose its size. */
    public boolean isCustom() {
        return CUSTOM.matcher(name).matches();
    }

    /** Every type that has a size of its own, thus none that is custom. */
    public static List<MachineType> all() {
        var sized = SHAPES.entrySet().stream()
                .flatMap(shape -> shape.getValue().vcpus().stream().map(vcpus -> shape.getKey() + "-" + vcpus));
        return Stream.concat(sized, SHARED_CORE_GIB.keySet().stream())
                .sorted()
                .map(name -> parse(name).orElseThrow())
                .toList();
    }

    /** Whether it has at least the vCPUs and the memory of the other, and shares a core only if that does. */
    public boolean isAtLeast(MachineType other) {
        return vcpus >= other.vcpus && memory.compareTo(other.memory) >= 0 && (!sharedCore || other.sharedCore);
    }

    /** The disks that it boots from: https://cloud.google.com/compute/docs/disks#machine_series_support */
    public Set<DiskType> bootDisks() {
        return switch (series) {
            case "n4" -> EnumSet.of(DiskType.HYPERDISK_BALANCED);
            case "c3", "c3d" -> EnumSet.of(DiskType.PD_BALANCED, DiskType.PD_SSD, DiskType.HYPERDISK_BALANCED);
            case "g2" -> EnumSet.of(DiskType.PD_BALANCED, DiskType.PD_SSD);
            default -> EnumSet.of(DiskType.PD_STANDARD, DiskType.PD_BALANCED, DiskType.PD_SSD);
        };
    }

    /** The nearest names that exist, to tell a person who mistyped one. */
    public static String suggestion(String name) {
        if (name.contains("-custom-")) {
            return "custom types are written SERIES-custom-VCPUS-MIB, with a series of "
                    + String.join(", ", new TreeSet<>(CUSTOM_LIMITS.keySet()))
                    + ", a number of vCPUs and a multiple of 256 MiB that the series has";
        }
        var cut = name.lastIndexOf('-');
        var family = cut < 0 ? name : name.substring(0, cut);
        var shape = SHAPES.get(family);
        if (shape != null) {
            return family + " has the sizes "
                    + String.join(
                            ", ", shape.vcpus.stream().map(String::valueOf).toList());
        }
        var series = name.substring(0, name.indexOf('-') + 1);
        var families = new TreeSet<>(SHAPES.keySet());
        if (families.stream().anyMatch(known -> !series.isEmpty() && known.startsWith(series))) {
            families.removeIf(known -> !known.startsWith(series));
        }
        return "known families: " + String.join(", ", families);
    }

    private static MachineType predefined(String name, Shape shape, int vcpus) {
        var series = name.substring(0, name.indexOf('-'));
        var odd = ODD_GIB.get(name);
        var memory = odd == null ? new Memory((long) (shape.gibibytesPerVcpu * 1024 * vcpus)) : Memory.gibibytes(odd);
        var gpus = series.equals("g2") ? L4_BY_VCPUS.getOrDefault(vcpus, 1) : 0;
        return new MachineType(name, series, vcpus, memory, false, gpus);
    }

    /** Memory of custom types comes in steps of 256 MiB. */
    private static Optional<MachineType> custom(String name, String series, int vcpus, long mebibytes) {
        var limits = CUSTOM_LIMITS.get(series);
        if (limits == null || vcpus > limits.vcpus || vcpus % 2 != 0 && !(vcpus == 1 && series.equals("n1"))) {
            return Optional.empty();
        }
        var gibPerVcpu = mebibytes / 1024.0 / vcpus;
        var valid = mebibytes % 256 == 0 && gibPerVcpu >= limits.leastGib && gibPerVcpu <= limits.mostGib;
        return valid
                ? Optional.of(new MachineType(name, series, vcpus, new Memory(mebibytes), false, 0))
                : Optional.empty();
    }

    private static Map.Entry<String, Shape> shape(String family, double gibibytesPerVcpu, Integer... vcpus) {
        return Map.entry(family, new Shape(gibibytesPerVcpu, new TreeSet<>(Set.of(vcpus))));
    }
}
