package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.MachineSeries;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.read.Place;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a machine has the GPUs that its pool names. They are checked before jobs are sized, which share them out. */
final class Accelerators {
    private final Place at;
    private final MachineType machine;

    /** @param at where the pool names them */
    Accelerators(Place at, MachineType machine) {
        this.at = at;
        this.machine = machine;
    }

    void check(Optional<PoolConfig.Accelerator> named) {
        if (at.isInDoubt()) {
            return;
        }
        if (machine.gpus() > 0) {
            builtIn(named, machine.gpuType().orElseThrow());
        } else if (machine.source() == MachineType.Source.LIST) {
            named.ifPresent(this::attached);
        } else {
            new UnlistedGpus(at, machine).check(named, this::attached);
        }
    }

    private void builtIn(Optional<PoolConfig.Accelerator> named, String type) {
        if (named.isEmpty()) {
            at.add("is missing: " + machine.name() + " has " + machine.gpus() + " × " + type
                    + "; write accelerator: {type: " + type + ", count: " + machine.gpus() + "}");
        } else if (!named.get().equals(new PoolConfig.Accelerator(type, machine.gpus()))) {
            at.add("must be " + machine.gpus() + " × " + type + " on " + machine.name() + ", got "
                    + named.get().count() + " × " + named.get().type());
        }
    }

    private void attached(PoolConfig.Accelerator gpu) {
        var byCount = machine.known().map(MachineSeries::gpus).map(gpus -> gpus.get(gpu.type()));
        if (byCount.isEmpty()) {
            at.add("cannot be attached to " + machine.name() + ", got " + gpu.type() + "; " + elsewhere());
            return;
        }
        var counts = byCount.get().keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
        var largest = byCount.get().get(gpu.count());
        if (largest == null) {
            at.add("count", "must be one of " + counts + " for " + gpu.type() + ", got " + gpu.count());
        } else if (machine.vcpus() > largest.vcpus() || machine.memory().mebibytes() > largest.gibibytes() * 1024L) {
            at.add(
                    "count",
                    "is too small for " + machine.name() + ": " + gpu.count() + " × " + gpu.type()
                            + " go with at most " + largest.vcpus() + " vCPUs and " + largest.gibibytes()
                            + " GiB, got " + gpu.count() + "; there may be " + counts);
        }
    }

    /** Which machines of the list have which GPUs. */
    static String elsewhere() {
        var attachable = MachineSeries.all().values().stream()
                .filter(series -> !series.gpus().isEmpty())
                .map(series -> series.name() + " machines take "
                        + String.join(", ", series.gpus().keySet()));
        var own = MachineSeries.all().values().stream()
                .filter(series -> !series.ownGpus().isEmpty())
                .map(series -> series.name() + " machines have " + String.join(" or ", series.ownGpus()));
        return Stream.concat(attachable, own).collect(Collectors.joining("; "));
    }
}
