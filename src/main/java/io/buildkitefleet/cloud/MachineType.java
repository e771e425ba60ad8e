package io.buildkitefleet.cloud;

import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.config.value.Memory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A Compute Engine machine type.
 *
 * @param name as Google writes it: {@code n1-standard-8}
 * @param series its first part: {@code n1}
 * @param vcpus whole vCPUs; 2 for the types that share a core
 * @param memory nominal memory
 * @param sharedCore whether the vCPUs are a fraction of a core
 * @param localSsds local SSDs that are part of the machine type
 * @param gpus GPUs that are part of the machine type
 * @param gpuType their kind, if there are some: {@code nvidia-l4}
 * @param source how its size is known
 */
public record MachineType(
        String name,
        String series,
        int vcpus,
        Memory memory,
        boolean sharedCore,
        int localSsds,
        int gpus,
        Optional<String> gpuType,
        Source source) {
    /** N1 is the only series whose custom types may go without its name. */
    private static final Pattern CUSTOM =
            Pattern.compile("(?:([a-z0-9]+)-)?custom-(?:(\\d{1,3})-(\\d{3,7})(-ext)?|([a-z]+)-(\\d{3,5}))");

    private static final String CUSTOM_BY_DEFAULT = "n1";

    /** A letter or two, the generation, and what tells it from others of that: {@code n4d}, {@code ct6e}. */
    private static final Pattern SERIES = Pattern.compile("[a-z]{1,2}\\d+[a-z]*");

    private static final Pattern COUNTS_GPUS = Pattern.compile("[a-z]+\\d+[a-z]*-[a-z]+-([1-9]\\d?)g(?:-[a-z]+)*");

    private static final Map<String, MachineType> LISTED = listed();

    /** The least GiB of memory a vCPU, by the second part of the names: of all {@code standard} types, for one. */
    private static final Map<String, Double> LEAST_MEMORY = leastMemory();

    /** How the size of a machine type is known. */
    public enum Source {
        /** It is in the list, or within the limits of its series. */
        LIST,
        /** Its name says all of it; whether Google makes it is not known. */
        NAME,
        /** A person said it of a type that is not listed. */
        PERSON,
        /** Its name says the vCPUs; the memory is the least that a type of such a name has. */
        ESTIMATE
    }

    /** The machine type of this name, if Google has it, or may have it; nothing if no size can be told. */
    public static Optional<MachineType> parse(String name) {
        var listed = LISTED.get(name);
        if (listed != null) {
            return Optional.of(listed);
        }
        if (name.contains("custom-")) {
            return custom(name);
        }
        return SpeakingName.parse(name)
                .filter(speaking -> !isComplete(speaking.series()))
                .map(speaking -> new MachineType(
                        name,
                        speaking.series(),
                        speaking.vcpus(),
                        ofGibibytes(speaking.vcpus() * leastMemory(speaking)),
                        false,
                        0,
                        0,
                        Optional.empty(),
                        Source.ESTIMATE));
    }

    /** Whether Google makes no type of this name for certain: all of its series are listed, or its form is of none. */
    public static boolean isMistake(String name) {
        var series = name.split("-", 2)[0];
        var known = Optional.ofNullable(MachineSeries.all().get(series));
        return parse(name).isEmpty()
                && (name.contains("custom-")
                        || !SERIES.matcher(series).matches()
                        || known.filter(MachineSeries::isComplete).isPresent());
    }

    /** How many vCPUs a type has by its name, listed or not; nothing if the name does not say it. */
    public static OptionalInt vcpusByName(String name) {
        return SpeakingName.parse(name).map(SpeakingName::vcpus).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /**
     * How many GPUs are part of a type by its name, listed or not, as 8 are of {@code a9-highgpu-8g}; nothing if it
     * says none.
     */
    public static OptionalInt gpusByName(String name) {
        var parts = COUNTS_GPUS.matcher(name);
        return parts.matches() ? OptionalInt.of(Integer.parseInt(parts.group(1))) : OptionalInt.empty();
    }

    /**
     * The least and the most memory of one that is not listed and has as much a vCPU as others of its family, in whole
     * GiB; nothing if none of its family is listed.
     */
    public static Optional<List<Memory>> memoryByName(String name) {
        return SpeakingName.parse(name).flatMap(speaking -> {
            var ratios = memoryOfFamily(speaking.family()).summaryStatistics();
            return ratios.getCount() == 0
                    ? Optional.empty()
                    : Optional.of(List.of(
                            Memory.gibibytes((long) Math.floor(speaking.vcpus() * ratios.getMin())),
                            Memory.gibibytes((long) Math.ceil(speaking.vcpus() * ratios.getMax()))));
        });
    }

    /** One that is not listed, in the size that a person says it has. */
    public static MachineType ofSize(String name, int vcpus, Memory memory) {
        return new MachineType(
                name, name.split("-", 2)[0], vcpus, memory, false, 0, 0, Optional.empty(), Source.PERSON);
    }

    /** Whether a person chose its size. */
    public boolean isCustom() {
        return CUSTOM.matcher(name).matches();
    }

    /** Whether its name lets it have more memory than types of its series have, at a price of its own. */
    public boolean hasExtendedMemory() {
        return isCustom() && name.endsWith("-ext");
    }

    /** Every type that has a size of its own, thus none that is custom. */
    public static List<MachineType> all() {
        return List.copyOf(LISTED.values());
    }

    /** Whether it has at least the vCPUs and the memory of the other, and shares a core only if that does. */
    public boolean isAtLeast(MachineType other) {
        return vcpus >= other.vcpus && memory.compareTo(other.memory) >= 0 && (!sharedCore || other.sharedCore);
    }

    private boolean isBareMetal() {
        return name.endsWith("-metal");
    }

    /** The disks that it boots from, the one to take by default first; none if that is not known. */
    public List<DiskType> bootDisks() {
        return known().map(series -> isBareMetal() ? series.bareMetalBootDisks() : series.bootDisks())
                .orElse(List.of());
    }

    /** What its processor runs, if that is known. */
    public Optional<Architecture> architecture() {
        return known().map(MachineSeries::architecture);
    }

    /** How many local SSDs may be added, in order; nothing if that is not known. */
    public Optional<List<Integer>> addedSsds() {
        return known().flatMap(MachineSeries::localSsds).map(added -> added.of(vcpus));
    }

    /** What is known of its series, if anything is. */
    public Optional<MachineSeries> known() {
        return Optional.ofNullable(MachineSeries.all().get(series));
    }

    /** The nearest names that exist, to tell a person who mistyped one. */
    public static String suggestion(String name) {
        if (name.contains("custom-")) {
            return customSuggestion(name);
        }
        var cut = name.lastIndexOf('-');
        var family = cut < 0 ? name : name.substring(0, cut);
        var series = name.split("-", 2)[0];
        var known = MachineSeries.all().get(series);
        if (known != null && known.families().containsKey(family)) {
            return family + " has the sizes "
                    + String.join(", ", known.families().get(family).sizes().keySet());
        }
        var families = known != null
                ? known.families().keySet()
                : MachineSeries.all().values().stream()
                        .flatMap(each -> each.families().keySet().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        return "known families: " + String.join(", ", families);
    }

    private static String customSuggestion(String name) {
        var parts = CUSTOM.matcher(name);
        var limits = parts.matches() && parts.group(5) == null
                ? Optional.ofNullable(MachineSeries.all().get(customSeries(parts)))
                        .flatMap(MachineSeries::custom)
                        .filter(CustomTypes::areKnown)
                : Optional.<CustomTypes>empty();
        return limits.map(known -> "custom types of " + customSeries(parts) + " have " + known.text())
                .orElseGet(MachineType::customSeriesSuggestion);
    }

    private static String customSeriesSuggestion() {
        var series = MachineSeries.all().values().stream()
                .filter(known -> known.custom().isPresent())
                .map(MachineSeries::name)
                .collect(Collectors.joining(", "));
        return "custom types are written SERIES-custom-VCPUS-MIB, with a series of " + series
                + ", a number of vCPUs and a multiple of 256 MiB that the series has, and -ext behind it for more memory"
                + " than that";
    }

    private static String customSeries(Matcher parts) {
        return Optional.ofNullable(parts.group(1)).orElse(CUSTOM_BY_DEFAULT);
    }

    private static boolean isComplete(String series) {
        var known = MachineSeries.all().get(series);
        return known != null && known.isComplete();
    }

    private static Optional<MachineType> custom(String name) {
        var parts = CUSTOM.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var series = customSeries(parts);
        var known = Optional.ofNullable(MachineSeries.all().get(series));
        var types = known.flatMap(MachineSeries::custom);
        if (known.isPresent() && types.isEmpty()) {
            return Optional.empty();
        }
        if (parts.group(5) != null) {
            var mebibytes = Long.parseLong(parts.group(6));
            return types.filter(limits -> limits.allowSharedCore(parts.group(5), mebibytes))
                    .map(limits -> new MachineType(
                            name, series, 2, new Memory(mebibytes), true, 0, 0, Optional.empty(), Source.LIST));
        }
        var vcpus = Integer.parseInt(parts.group(2));
        var mebibytes = Long.parseLong(parts.group(3));
        if (types.filter(limits -> !limits.allow(vcpus, mebibytes, parts.group(4) != null))
                        .isPresent()
                || vcpus == 0) {
            return Optional.empty();
        }
        var isKnown =
                types.filter(limits -> limits.areKnown(parts.group(4) != null)).isPresent();
        var source = isKnown ? Source.LIST : Source.NAME;
        return Optional.of(
                new MachineType(name, series, vcpus, new Memory(mebibytes), false, 0, 0, Optional.empty(), source));
    }

    private static Map<String, MachineType> listed() {
        var listed = new TreeMap<String, MachineType>();
        for (var series : MachineSeries.all().values()) {
            series.families().forEach((family, types) -> types.sizes().forEach((rest, size) -> {
                var name = family + "-" + rest;
                listed.put(
                        name,
                        new MachineType(
                                name,
                                series.name(),
                                size.vcpus(),
                                ofGibibytes(size.gibibytes()),
                                family.equals(series.name()),
                                size.localSsds(),
                                size.gpus(),
                                types.gpu(),
                                Source.LIST));
            }));
        }
        return listed;
    }

    /** The least of the family, else that of all types with this word in their names, else the least of all. */
    private static double leastMemory(SpeakingName name) {
        return memoryOfFamily(name.family())
                .min()
                .orElseGet(() -> LEAST_MEMORY.getOrDefault(name.word(), Collections.min(LEAST_MEMORY.values())));
    }

    /** The GiB of memory a vCPU of each type of a family. */
    private static DoubleStream memoryOfFamily(String family) {
        return LISTED.values().stream()
                .filter(type -> type.name().startsWith(family + "-"))
                .mapToDouble(MachineType::memoryPerVcpu);
    }

    private static Map<String, Double> leastMemory() {
        return LISTED.values().stream()
                .filter(type -> !type.sharedCore())
                .collect(Collectors.toMap(
                        type -> type.name().split("-")[1], MachineType::memoryPerVcpu, Math::min, TreeMap::new));
    }

    private double memoryPerVcpu() {
        return memory.mebibytes() / 1024.0 / vcpus;
    }

    private static Memory ofGibibytes(double gibibytes) {
        return new Memory((long) (gibibytes * 1024));
    }
}
