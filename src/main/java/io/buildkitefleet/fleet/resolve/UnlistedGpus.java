package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.MachineSeries;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.cloud.QuotaNames;
import io.buildkitefleet.config.PoolConfig.Accelerator;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Section;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The GPUs of a machine that is not listed. Its name, its family and its series tell what cannot be; what none of them
 * tells is a warning.
 */
final class UnlistedGpus {
    private final Place at;
    private final MachineType machine;

    /** @param at where the pool names them */
    UnlistedGpus(Place at, MachineType machine) {
        this.at = at;
        this.machine = machine;
    }

    /** @param attached checks a GPU that can only be attached, since no machine of the series has one of its own */
    void check(Optional<Accelerator> named, Consumer<Accelerator> attached) {
        if (named.isEmpty()) {
            missing();
            return;
        }
        counted(named.get());
        if (machine.known().isEmpty()) {
            warn(named.get().type(), "which GPUs machines of the series " + machine.series() + " have");
        } else if (machine.known().get().ownGpus().isEmpty()) {
            attached.accept(named.get());
        } else {
            ofSeries(machine.known().get(), named.get().type());
        }
    }

    private void missing() {
        var gpus = MachineType.gpusByName(machine.name());
        var own = machine.known().map(MachineSeries::ownGpus).filter(types -> !types.isEmpty());
        if (gpus.isPresent()) {
            at.add("is missing: the name " + machine.name() + " says that it has " + gpus.getAsInt()
                    + "; write accelerator: {type: TYPE, count: " + gpus.getAsInt()
                    + "} with GKE's name of them, such as "
                    + String.join(" or ", own.orElseGet(QuotaNames::gpus)));
        } else {
            own.ifPresent(types -> at.warn("is missing, and machines of the series " + machine.series() + " have "
                    + String.join(" or ", types) + "; the fleet does not know how many " + machine.name() + " has"));
        }
    }

    private void counted(Accelerator gpu) {
        var gpus = MachineType.gpusByName(machine.name());
        if (gpus.isPresent() && gpus.getAsInt() != gpu.count()) {
            at.add(
                    "count",
                    "must be " + gpus.getAsInt() + ", which is what the name " + machine.name() + " says, got "
                            + gpu.count() + "; mend the one or the other");
        }
    }

    private void ofSeries(MachineSeries series, String type) {
        var ofFamily = series.ownGpuOf(machine.name());
        if (ofFamily.isPresent() && !ofFamily.get().equals(type)) {
            at.add("type", "must be " + ofFamily.get() + ", as in other machines with such a name, got " + type);
        } else if (isElsewhere(series, type)) {
            at.add("type", "cannot be in " + machine.name() + ", got " + type + "; " + Accelerators.elsewhere());
        } else if (!series.ownGpus().contains(type)) {
            warn(
                    type,
                    "whether " + machine.name() + " has it: other machines of the series " + series.name() + " have "
                            + String.join(" or ", series.ownGpus()));
        }
    }

    /** Whether the list has it in another series, and not in this one. */
    private static boolean isElsewhere(MachineSeries series, String type) {
        return !series.ownGpus().contains(type)
                && MachineSeries.all().values().stream()
                        .anyMatch(other ->
                                other.ownGpus().contains(type) || other.gpus().containsKey(type));
    }

    private void warn(String type, String unknown) {
        var types = QuotaNames.gpus();
        var nearest = types.contains(type)
                ? ""
                : "; " + Section.suggestion(type, types, "GPUs that the fleet knows are " + String.join(", ", types));
        at.at("type")
                .warn("is " + type + ", and the fleet does not know " + unknown + nearest + "; "
                        + MachineSeries.asOf());
    }
}
