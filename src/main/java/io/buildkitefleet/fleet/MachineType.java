package io.buildkitefleet.fleet;

import io.buildkitefleet.config.Memory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

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
    private static final Pattern CUSTOM = Pattern.compile("(n1|n2|n2d|e2)-custom-(\\d{1,3})-(\\d{3,7})");

    /** Sizes and GiB of memory a vCPU, from https://cloud.google.com/compute/docs/machine-resource */
    private static final Map<String, Shape> SHAPES = Map.ofEntries(
            shape("n1-standard", 3.75, 1, 2, 4, 8, 16, 32, 64, 96),
            shape("n1-highmem", 6.5, 2, 4, 8, 16, 32, 64, 96),
            shape("n1-highcpu", 0.9, 2, 4, 8, 16, 32, 64, 96),
            shape("e2-standard", 4, 2, 4, 8, 16, 32),
            shape("e2-highmem", 8, 2, 4, 8, 16),
            shape("e2-highcpu", 1, 2, 4, 8, 16, 32),
            shape("n2-standard", 4, 2, 4, 8, 16, 32, 48, 64, 80, 96, 128),
            shape("n2-highmem", 8, 2, 4, 8, 16, 32, 48, 64, 80, 96),
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

    /**
     * Types whose two vCPUs share a core: https://cloud.google.com/compute/docs/general-purpose-machines#e2-shared-core
     */
    private static final Map<String, Integer> SHARED_CORE_GIB = Map.of("e2-micro", 1, "e2-small", 2, "e2-medium", 4);

    /** L4 GPUs of the G2 types: https://cloud.google.com/compute/docs/accelerator-optimized-machines#g2-vms */
    private static final Map<Integer, Integer> L4_BY_VCPUS = Map.of(24, 2, 48, 4, 96, 8);

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

    /** The nearest names that exist, to tell a person who mistyped one. */
    public static String suggestion(String name) {
        var cut = name.lastIndexOf('-');
        var family = cut < 0 ? name : name.substring(0, cut);
        var shape = SHAPES.get(family);
        if (shape != null) {
            return family + " has the sizes "
                    + String.join(
                            ", ", shape.vcpus.stream().map(String::valueOf).toList());
        }
        return "known families: " + String.join(", ", new TreeSet<>(SHAPES.keySet()));
    }

    private static MachineType predefined(String name, Shape shape, int vcpus) {
        var series = name.substring(0, name.indexOf('-'));
        var memory = new Memory((long) (shape.gibibytesPerVcpu * 1024 * vcpus));
        var gpus = series.equals("g2") ? L4_BY_VCPUS.getOrDefault(vcpus, 1) : 0;
        return new MachineType(name, series, vcpus, memory, false, gpus);
    }

    /** Memory of custom types comes in steps of 256 MiB. */
    private static Optional<MachineType> custom(String name, String series, int vcpus, long mebibytes) {
        var valid = vcpus >= 1 && (vcpus == 1 || vcpus % 2 == 0) && mebibytes % 256 == 0 && mebibytes >= 1024;
        return valid
                ? Optional.of(new MachineType(name, series, vcpus, new Memory(mebibytes), false, 0))
                : Optional.empty();
    }

    private static Map.Entry<String, Shape> shape(String family, double gibibytesPerVcpu, Integer... vcpus) {
        return Map.entry(family, new Shape(gibibytesPerVcpu, new TreeSet<>(Set.of(vcpus))));
    }
}
