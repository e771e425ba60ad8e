package io.buildkitefleet.cost;

import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the cheapest machine types that could stand in for those of a fleet, in its region. */
final class Alternatives {
    private static final int SHOWN = 3;

    private final PriceList prices;
    private final Fleet fleet;

    private record Offer(MachineType machine, Price hour) {}

    Alternatives(PriceList prices, Fleet fleet) {
        this.prices = prices;
        this.fleet = fleet;
    }

    /** For each pool of jobs whose present type has a price: that type, and the cheapest others in order of price. */
    List<Alternative> all() {
        return fleet.pools().stream().flatMap(this::of).toList();
    }

    private Stream<Alternative> of(Pool pool) {
        var present = offer(pool.machine(), pool);
        if (present.isEmpty()) {
            return Stream.empty();
        }
        var others = MachineType.all().stream()
                .filter(machine -> !machine.equals(pool.machine()) && machine.isAtLeast(pool.machine()))
                .filter(machine -> machine.architecture().equals(pool.machine().architecture())
                        && machine.localSsds() >= pool.machine().localSsds())
                .flatMap(machine -> offer(machine, pool).stream())
                .sorted(Comparator.comparing((Offer offer) -> offer.hour().amount())
                        .thenComparing(offer -> offer.machine().name()))
                .flatMap(offer -> alternative(pool, offer, present.get()).stream())
                .limit(SHOWN);
        return Stream.concat(alternative(pool, present.get(), present.get()).stream(), others);
    }

    private Optional<Offer> offer(MachineType machine, Pool pool) {
        Capacity capacity = pool.primary().capacity();
        return prices.machineWithSsds(machine, capacity, fleet.config().region())
                .map(hour -> new Offer(machine, hour));
    }

    private Optional<Alternative> alternative(Pool pool, Offer offer, Offer present) {
        var month = month(pool, offer);
        return FleetResolver.withMachine(fleet, pool.name(), offer.machine())
                .filter(other -> diskOf(other, pool.name()).equals(Optional.of(pool.diskType())))
                .map(other -> new Alternative(
                        pool.name(),
                        offer.machine().name(),
                        offer.hour(),
                        month,
                        month(pool, present).subtract(month),
                        job(other, pool)));
    }

    private BigDecimal month(Pool pool, Offer offer) {
        return NodeHours.of(pool, Scenario.LOAD).multiply(offer.hour().amount()).setScale(2, RoundingMode.HALF_UP);
    }

    /** Where a machine boots from another kind of disk, its price alone says too little. */
    private static Optional<DiskType> diskOf(Fleet fleet, String pool) {
        return fleet.pools().stream()
                .filter(found -> found.name().equals(pool))
                .map(Pool::diskType)
                .findFirst();
    }

    private static String job(Fleet fleet, Pool pool) {
        return fleet.queues().stream()
                .filter(queue -> queue.isOn(pool))
                .map(queue -> queue.job().command().cpu() + " "
                        + queue.job().command().memory())
                .findFirst()
                .orElse("-");
    }
}
