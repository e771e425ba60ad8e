package io.buildkitefleet.plan;

import io.buildkitefleet.fleet.Quota;
import io.buildkitefleet.fleet.access.AccountRole;
import io.buildkitefleet.text.Count;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where a plan says something else of a fleet than the file of its stack. */
final class FleetDifferences {
    /** More than these are told by their number: a plan of another fleet differs everywhere. */
    private static final int TOLD = 20;

    private static final String NOTHING = "nothing";

    private FleetDifferences() {}

    /**
     * Compares what both say; of what a plan of an older version does not speak of at all, it says nothing wrong.
     *
     * @param file how a person knows the stack's file
     * @return each place, with what stands there and what should; none if they agree
     */
    static List<String> between(FleetSummary said, FleetSummary meant, String file) {
        var ofPlan = flat(said);
        var ofFile = flat(meant);
        if (said.secretReaders().isEmpty()) {
            ofFile.keySet().removeIf(place -> place.startsWith("secretReaders."));
        }
        if (said.accountRoles().isEmpty()) {
            ofFile.keySet().removeIf(place -> place.startsWith("accountRoles."));
        }
        if (said.hooks().isEmpty() && said.images().isEmpty()) {
            ofFile.keySet().removeIf(place -> place.startsWith("hooks.") || place.equals("images"));
        }
        if (said.admission().isEmpty()) {
            ofFile.keySet().removeIf(place -> place.startsWith("admission.") || place.startsWith("tokens."));
        }
        var places = new TreeSet<>(ofPlan.keySet());
        places.addAll(ofFile.keySet());
        var differences = places.stream()
                .filter(place -> !ofPlan.getOrDefault(place, NOTHING).equals(ofFile.getOrDefault(place, NOTHING)))
                .map(place -> "fleet." + place + ": is " + ofPlan.getOrDefault(place, NOTHING) + ", and by " + file
                        + " it is " + ofFile.getOrDefault(place, NOTHING))
                .toList();
        return differences.size() <= TOLD ? differences : shortened(differences);
    }

    private static List<String> shortened(List<String> differences) {
        var told = new ArrayList<>(differences.subList(0, TOLD));
        told.add("and " + new Count(differences.size() - TOLD, "other place"));
        return told;
    }

    /** What it says, by the place where it says it. */
    private static SortedMap<String, String> flat(FleetSummary fleet) {
        var flat = new TreeMap<String, String>();
        fleet.queues().forEach(queue -> put(flat, "queues." + queue.name(), queue.fields()));
        fleet.quotas().stream()
                .map(Quota::metric)
                .distinct()
                .forEach(metric -> flat.put("quotas." + metric, String.valueOf(amount(fleet, metric))));
        flat.put("sharedIdentities", shown(fleet.sharedIdentities()));
        fleet.secretReaders().forEach((secret, readers) -> flat.put("secretReaders." + secret, shown(readers)));
        fleet.accountRoles().stream()
                .collect(Collectors.groupingBy(AccountRole::member))
                .forEach((member, roles) -> flat.put(
                        "accountRoles." + member,
                        shown(roles.stream()
                                .map(role -> role.role() + " on " + role.on())
                                .toList())));
        fleet.hooks().forEach((queue, files) -> put(flat, "hooks." + queue, files));
        fleet.admission().forEach((policy, parts) -> put(flat, "admission." + policy, parts));
        fleet.tokens().forEach((pool, conditions) -> put(flat, "tokens." + pool, conditions));
        fleet.debuggers().forEach((queue, members) -> flat.put("debuggers." + queue, shown(members)));
        flat.put("images", shown(fleet.images()));
        return flat;
    }

    private static long amount(FleetSummary fleet, String metric) {
        return fleet.quotas().stream()
                .filter(quota -> quota.metric().equals(metric))
                .mapToLong(Quota::amount)
                .sum();
    }

    private static void put(Map<String, String> flat, String place, Map<String, String> values) {
        values.forEach((name, value) -> flat.put(place + "." + name, value));
    }

    /** In an order of its own: a list of these means the same in any. */
    private static String shown(Collection<?> items) {
        return items.isEmpty()
                ? NOTHING
                : String.join(
                        ", ", new TreeSet<>(items.stream().map(String::valueOf).toList()));
    }
}
