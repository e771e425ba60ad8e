package io.buildkitefleet.cloud;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.config.value.Memory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Reads {@code cloud/machines.json}, which says of each of its parts what the numbers are. */
final class MachineFile {
    static final FactFile FILE = FactFile.of("/cloud/machines.json");

    private MachineFile() {}

    static SortedMap<String, MachineSeries> series() {
        var series = new TreeMap<String, MachineSeries>();
        each(FILE.json().getAsJsonObject("series"), (name, json) -> series.put(name, series(name, json)));
        return series;
    }

    private static MachineSeries series(String name, JsonObject json) {
        return new MachineSeries(
                name,
                json.has("complete"),
                text(json, "architecture")
                        .map(label -> Architecture.valueOf(label.toUpperCase(Locale.ROOT)))
                        .orElse(Architecture.AMD64),
                cpuQuota(json.get("cpuQuota")),
                disks(json, "bootDisks"),
                disks(json, "bareMetalBootDisks"),
                object(json, "custom").map(MachineFile::custom),
                object(json, "localSsds").map(MachineFile::localSsds),
                gpus(json),
                families(json));
    }

    private static MachineSeries.CpuQuota cpuQuota(JsonElement metric) {
        return metric == null
                ? MachineSeries.CpuQuota.UNKNOWN
                : new MachineSeries.CpuQuota(
                        true, metric.isJsonNull() ? Optional.empty() : Optional.of(metric.getAsString()));
    }

    private static List<DiskType> disks(JsonObject json, String key) {
        return items(json, key).stream().map(MachineFile::disk).toList();
    }

    private static DiskType disk(JsonElement name) {
        return DiskType.valueOf(name.getAsString().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static CustomTypes custom(JsonObject json) {
        var perVcpu = items(json, "mebibytesPerVcpu");
        var sharedCore = new TreeMap<String, List<Long>>();
        object(json, "sharedCore").ifPresent(words -> words.asMap()
                .forEach((word, limits) -> sharedCore.put(
                        word,
                        limits.getAsJsonArray().asList().stream()
                                .map(JsonElement::getAsLong)
                                .toList())));
        return new CustomTypes(
                items(json, "vcpus").stream()
                        .map(JsonElement::getAsJsonArray)
                        .map(steps -> new CustomTypes.Steps(at(steps, 0), at(steps, 1), at(steps, 2)))
                        .toList(),
                perVcpu.isEmpty() ? BigDecimal.ZERO : perVcpu.get(0).getAsBigDecimal(),
                perVcpu.isEmpty() ? 0 : perVcpu.get(1).getAsLong(),
                gibibytes(json, "mostGib"),
                gibibytes(json, "extendedGib"),
                sharedCore);
    }

    private static MachineSeries.AddedSsds localSsds(JsonObject json) {
        var least = new TreeMap<Integer, Integer>();
        items(json, "least").stream()
                .map(JsonElement::getAsJsonArray)
                .forEach(bound -> least.put(at(bound, 0), at(bound, 1)));
        return new MachineSeries.AddedSsds(
                items(json, "counts").stream().map(JsonElement::getAsInt).toList(), least);
    }

    private static SortedMap<String, SortedMap<Integer, MachineSeries.Largest>> gpus(JsonObject json) {
        var gpus = new TreeMap<String, SortedMap<Integer, MachineSeries.Largest>>();
        object(json, "gpus")
                .ifPresent(types -> each(types, (type, byCount) -> {
                    var largest = new TreeMap<Integer, MachineSeries.Largest>();
                    byCount.asMap().forEach((count, limits) -> {
                        var limit = limits.getAsJsonArray();
                        largest.put(Integer.valueOf(count), new MachineSeries.Largest(at(limit, 0), at(limit, 1)));
                    });
                    gpus.put(type, largest);
                }));
        return gpus;
    }

    private static SortedMap<String, MachineSeries.Family> families(JsonObject json) {
        var families = new TreeMap<String, MachineSeries.Family>();
        each(
                json.getAsJsonObject("families"),
                (name, family) -> families.put(name, new MachineSeries.Family(text(family, "gpu"), sizes(family))));
        return families;
    }

    private static Map<String, MachineSeries.Size> sizes(JsonObject family) {
        var sizes = new LinkedHashMap<String, MachineSeries.Size>();
        family.getAsJsonObject("sizes").asMap().forEach((rest, numbers) -> {
            var size = numbers.getAsJsonArray();
            sizes.put(
                    rest,
                    new MachineSeries.Size(at(size, 0), size.get(1).getAsDouble(), orNone(size, 2), orNone(size, 3)));
        });
        return sizes;
    }

    private static void each(JsonObject json, BiConsumer<String, JsonObject> read) {
        json.asMap().forEach((name, value) -> read.accept(name, value.getAsJsonObject()));
    }

    private static Optional<JsonObject> object(JsonObject json, String key) {
        return Optional.ofNullable(json.getAsJsonObject(key));
    }

    private static Optional<Memory> gibibytes(JsonObject json, String key) {
        return Optional.ofNullable(json.get(key)).map(JsonElement::getAsLong).map(Memory::gibibytes);
    }

    private static Optional<String> text(JsonObject json, String key) {
        return Optional.ofNullable(json.get(key)).map(JsonElement::getAsString);
    }

    private static List<JsonElement> items(JsonObject json, String key) {
        return json.has(key) ? new ArrayList<>(json.getAsJsonArray(key).asList()) : List.of();
    }

    private static int at(JsonArray numbers, int index) {
        return numbers.get(index).getAsInt();
    }

    private static int orNone(JsonArray numbers, int index) {
        return index < numbers.size() ? at(numbers, index) : 0;
    }
}
