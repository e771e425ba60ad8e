package io.buildkitefleet.scaffold;

import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.cost.PriceList;
import java.util.List;

/** A machine of an example. Not every region has every series, and a region has what is sold there. */
enum Machine {
    ONE_CORE("oneCore", List.of("n1-standard-1", "e2-standard-2", "n4-standard-2")),
    TWO_CORES("twoCores", List.of("e2-standard-2", "n4-standard-2")),
    FOUR_CORES("fourCores", List.of("e2-standard-4", "n4-standard-4")),
    EIGHT_CORES("eightCores", List.of("n1-standard-8", "e2-standard-8", "n4-standard-8"));

    private final String variable;
    private final List<String> types;

    Machine(String variable, List<String> types) {
        this.variable = variable;
        this.types = types;
    }

    /** What a template calls it. */
    String variable() {
        return variable;
    }

    /** The first type that has a price in the region; the first of all where none has one. */
    String in(String region, PriceList prices) {
        return types.stream()
                .filter(type -> MachineType.parse(type)
                        .filter(machine -> prices.has(machine, region))
                        .isPresent())
                .findFirst()
                .orElse(types.get(0));
    }
}
