package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.MachineSeries;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.read.Place;
import java.util.Optional;

/**
 * What a person says of the size of a machine. They know more of a type that is not listed than its name says, and may
 * not contradict it: then either is a slip.
 */
final class MachineSize {
    private final Place at;
    private final String name;

    /** @param at where they say it */
    MachineSize(Place at, String name) {
        this.at = at;
        this.name = name;
    }

    /** The machine, whatever is wrong with its size; nothing if Google makes none of this name. */
    Optional<MachineType> machine(PoolConfig.Size size) {
        var parsed = MachineType.parse(name);
        var known = parsed.filter(machine -> machine.source() != MachineType.Source.ESTIMATE);
        known.ifPresent(machine -> {
            var isRight = machine.vcpus() == size.vcpus() && machine.memory().equals(size.memory());
            at.add((isRight ? "has no use: " : "is wrong: ") + name + " has " + text(machine) + ", got "
                    + text(MachineType.ofSize(name, size.vcpus(), size.memory())) + "; remove it");
        });
        if (known.isPresent() || MachineType.isMistake(name)) {
            return parsed;
        }
        compare(size);
        return Optional.of(MachineType.ofSize(name, size.vcpus(), size.memory()));
    }

    private void compare(PoolConfig.Size size) {
        var vcpus = MachineType.vcpusByName(name);
        if (vcpus.isPresent() && vcpus.getAsInt() != size.vcpus()) {
            at.add(
                    "vcpus",
                    "must be " + vcpus.getAsInt() + ", which is what the name " + name + " says, got " + size.vcpus()
                            + "; mend the one or the other");
            return;
        }
        MachineType.memoryByName(name)
                .filter(range -> size.memory().compareTo(range.get(0)) < 0
                        || size.memory().compareTo(range.get(1)) > 0)
                .ifPresent(range -> at.add(
                        "memory",
                        "must be " + range.get(0) + " to " + range.get(1)
                                + ", as much for each vCPU as other types named "
                                + name.substring(0, name.indexOf('-', name.indexOf('-') + 1)) + " have, got "
                                + size.memory() + "; mend that or machineType; " + MachineSeries.asOf()));
    }

    private static String text(MachineType machine) {
        return machine.vcpus() + " vCPUs and " + machine.memory();
    }
}
