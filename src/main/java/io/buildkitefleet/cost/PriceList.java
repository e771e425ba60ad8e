package io.buildkitefleet.cost;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.cloud.LocalSsds;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.text.BundledFile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/**
 * Google's list prices of one day. A price that the list lacks is none, never zero. The figures stand in
 * {@code src/main/resources/prices}, each group with its date and its public source.
 */
public final class PriceList {
    private static final String LATEST = "/prices/2026-07-30.json";

    /** Google charges an hour of a machine to the billionth of a dollar. */
    private static final int SCALE = 9;

    private static final BigDecimal MEBIBYTES_A_GIB = BigDecimal.valueOf(1024);

    private final JsonObject groups;

    private PriceList(JsonObject groups) {
        this.groups = groups;
    }

    /** The newest list of the project. */
    public static PriceList latest() {
        return new PriceList(JsonParser.parseString(BundledFile.text(LATEST)).getAsJsonObject());
    }

    /** The day of the prices of machines and disks, in ISO form. */
    public String date() {
        return groups.get("date").getAsString();
    }

    /** Whether there is a price of a machine in a region, also of a preemptible one. */
    public boolean has(MachineType machine, String region) {
        return machine(machine, Capacity.ON_DEMAND, region).isPresent()
                && machine(machine, Capacity.SPOT, region).isPresent();
    }

    /** Whether the price of a machine has those of its GPUs and its local SSDs in it, which have none of their own. */
    boolean isWhole(MachineType machine, String region) {
        return at("wholeMachines", "regions", region, machine.name()).isPresent();
    }

    /**
     * An hour of a machine, without its GPUs and its local SSDs unless they {@linkplain #isWhole are in it}.
     * Preemptible and spot machines cost the same: https://cloud.google.com/compute/docs/instances/preemptible
     */
    Optional<Price> machine(MachineType machine, Capacity capacity, String region) {
        if (machine.hasExtendedMemory()) {
            return Optional.empty();
        }
        if (isWhole(machine, region)) {
            return at("wholeMachines", "regions", region, machine.name(), kind(capacity))
                    .map(amount -> price(amount.getAsBigDecimal(), "wholeMachines"));
        }
        var group = machine.isCustom() ? "customMachines" : "machines";
        return at(group, "regions", region, machine.series(), kind(capacity))
                .map(JsonElement::getAsJsonArray)
                .map(rate -> chargedVcpus(machine)
                        .multiply(rate.get(0).getAsBigDecimal())
                        .add(gibibytes(machine).multiply(rate.get(1).getAsBigDecimal())))
                .map(amount -> price(amount, group));
    }

    /** An hour of a machine with the local SSDs that are part of it. */
    Optional<Price> machineWithSsds(MachineType machine, Capacity capacity, String region) {
        var hour = machine(machine, capacity, region);
        if (machine.localSsds() == 0 || isWhole(machine, region)) {
            return hour;
        }
        var gibibytes = BigDecimal.valueOf((long) machine.localSsds() * LocalSsds.GIB);
        return localSsd(machine, capacity, region)
                .map(ssd -> ssd.amount()
                        .multiply(gibibytes)
                        .divide(BigDecimal.valueOf(Estimate.HOURS), SCALE, RoundingMode.HALF_UP))
                .flatMap(ssds -> hour.map(bare -> new Price(bare.amount().add(ssds), bare.date(), bare.source())));
    }

    /** An hour of a GPU. */
    Optional<Price> gpu(String type, Capacity capacity, String region) {
        var group = type.equals("nvidia-l4") ? "l4" : "gpus";
        return at(group, "prices", region, type, kind(capacity)).map(amount -> price(amount.getAsBigDecimal(), group));
    }

    /** A GiB of a disk a month. */
    Optional<Price> disk(DiskType type, String region) {
        return of("disks", region, type.apiName());
    }

    /** A GiB a month of a local SSD of a machine. */
    Optional<Price> localSsd(MachineType machine, Capacity capacity, String region) {
        return at("ownSsds", "prices", machine.series()).isPresent()
                ? of("ownSsds", machine.series(), region, kind(capacity))
                : of("localSsds", region, kind(capacity));
    }

    /** A GiB a month in a bucket of a region or a multi-region. */
    Optional<Price> bucket(String location) {
        return of("buckets", location.toLowerCase(Locale.ROOT), "gib");
    }

    /** Something of a group whose prices are the same everywhere, or that are told apart by region. */
    Optional<Price> of(String group, String... path) {
        var steps = new String[path.length + 2];
        steps[0] = group;
        steps[1] = "prices";
        System.arraycopy(path, 0, steps, 2, path.length);
        return at(steps).map(amount -> price(amount.getAsBigDecimal(), group));
    }

    private Price price(BigDecimal amount, String group) {
        var about = groups.getAsJsonObject(group);
        var exact = amount.setScale(SCALE, RoundingMode.HALF_UP).stripTrailingZeros();
        return new Price(
                exact, about.get("date").getAsString(), about.get("source").getAsString());
    }

    private BigDecimal chargedVcpus(MachineType machine) {
        return at("sharedCores", "vcpus", machine.name())
                .map(JsonElement::getAsBigDecimal)
                .orElse(BigDecimal.valueOf(machine.vcpus()));
    }

    private static BigDecimal gibibytes(MachineType machine) {
        return BigDecimal.valueOf(machine.memory().mebibytes()).divide(MEBIBYTES_A_GIB);
    }

    private static String kind(Capacity capacity) {
        return capacity.isReclaimable() ? "spot" : "onDemand";
    }

    private Optional<JsonElement> at(String... path) {
        JsonElement found = groups;
        for (var step : path) {
            if (!(found instanceof JsonObject object) || !object.has(step)) {
                return Optional.empty();
            }
            found = object.get(step);
        }
        return Optional.of(found);
    }
}
