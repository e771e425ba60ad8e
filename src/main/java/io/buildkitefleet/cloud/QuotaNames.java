package io.buildkitefleet.cloud;

import com.google.gson.JsonElement;
import io.buildkitefleet.config.value.DiskType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compute Engine's names of quotas, as its API and Google's messages write them. */
public final class QuotaNames {
    private static final FactFile FILE = FactFile.of("/cloud/quotas.json");

    private QuotaNames() {}

    /**
     * What counts GPUs; nothing if that is not known.
     *
     * @param gpu their type: {@code nvidia-tesla-t4}
     * @param isReclaimable whether Google may take the nodes back
     */
    public static Optional<String> ofGpus(String gpu, boolean isReclaimable) {
        return Optional.ofNullable(FILE.json().getAsJsonObject("gpus").getAsJsonArray(gpu))
                .map(metrics -> metrics.get(isReclaimable ? 1 : 0).getAsString());
    }

    /** The types of GPUs whose quotas are known. */
    public static SortedSet<String> gpus() {
        return Collections.unmodifiableSortedSet(
                new TreeSet<>(FILE.json().getAsJsonObject("gpus").keySet()));
    }

    /** What counts the gigabytes of disks. */
    public static String ofGigabytes(DiskType type) {
        return disks(type).get(0);
    }

    /** What counts disks in other units, of which it is not known how much a disk takes. */
    public static List<String> ofPerformance(DiskType type) {
        return disks(type).subList(1, disks(type).size());
    }

    private static List<String> disks(DiskType type) {
        return FILE.json().getAsJsonObject("disks").getAsJsonArray(type.apiName()).asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
