package io.buildkitefleet.cost;

import io.buildkitefleet.config.value.ReleaseChannel;
import io.buildkitefleet.fleet.Fleet;
import java.util.ArrayList;
import java.util.List;

/** What an estimate does not count, and what one must know to read it. */
final class OutsideTheSums {
    private static final List<NotPriced> LIST = List.of(
            not("taxes, support, and discounts for sustained or committed use", "they belong to the billing account"),
            not("operations of the caches' buckets", "no configuration says how often builds ask"),
            not("traffic between zones and regions", "no configuration says how much jobs move"),
            not("nodes that an upgrade adds", "a pool has one node more for the time of its upgrade"),
            not("Binary Authorization", "no dated public price was found"),
            not("Buildkite, and machines outside the cluster", "they are not Google's"));

    private OutsideTheSums() {}

    static List<NotPriced> of(Fleet fleet) {
        return fleet.isLocal() ? List.of() : LIST;
    }

    static List<String> notes(Fleet fleet, PriceList prices) {
        if (fleet.isLocal()) {
            return List.of("A local fleet has nothing in Google Cloud, so there is no bill of Google's.");
        }
        var notes = new ArrayList<String>();
        notes.add("Preemptible and spot prices move, by more than half in two years.");
        notes.add("Prices are of " + prices.date() + " in " + fleet.config().region() + ".");
        notes.add("Free tiers are not taken off, because other projects of the billing account may use them.");
        if (fleet.isZonal()) {
            notes.add("Google credits 74.40 a month for one zonal cluster a billing account; it is not taken off.");
        }
        if (fleet.config().cluster().releaseChannel() == ReleaseChannel.EXTENDED) {
            notes.add(
                    "Google charges more for a version of Kubernetes in extended support; how much is not known here.");
        }
        return notes;
    }

    private static NotPriced not(String what, String reason) {
        return new NotPriced(what, reason, false);
    }
}
