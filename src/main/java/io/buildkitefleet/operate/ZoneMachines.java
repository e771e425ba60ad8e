package io.buildkitefleet.operate;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.text.ShellWord;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether the zones of the pools have their machines, which no public list says: Google is asked. */
final class ZoneMachines {
    private final Machine machine;
    private final Fleet fleet;

    ZoneMachines(Machine machine, Fleet fleet) {
        this.machine = machine;
        this.fleet = fleet;
    }

    /** @param canAsk whether there are gcloud and credentials */
    List<Prerequisite> examine(boolean canAsk) {
        var zones = canAsk ? ask() : Optional.<SortedMap<String, SortedSet<String>>>empty();
        return fleet.nodePools().stream()
                .map(pool -> zones.map(found -> found(pool, found)).orElseGet(() -> unasked(pool, canAsk)))
                .toList();
    }

    private Prerequisite unasked(Pool pool, boolean canAsk) {
        return Prerequisite.unknown(
                what(pool),
                (canAsk ? "gcloud does not say which zones have it" : "not asked, that takes gcloud and credentials")
                        + "; " + ShellWord.line(command()));
    }

    private Prerequisite found(Pool pool, SortedMap<String, SortedSet<String>> byMachine) {
        var name = pool.machine().name();
        if (pool.machine().isCustom()) {
            return Prerequisite.unknown(what(pool), "custom machine types are in no list of a zone's");
        }
        var have = byMachine.getOrDefault(name, new TreeSet<>());
        var named = pool.config().zones().isEmpty()
                ? fleet.config().zones()
                : pool.config().zones();
        var lack = named.stream().filter(zone -> !have.contains(zone)).toList();
        if (have.isEmpty()) {
            return Prerequisite.missing(
                    what(pool), "in no zone of " + fleet.config().region() + "; set another machineType, or region");
        }
        var where = String.join(", ", have);
        if (!lack.isEmpty()) {
            return Prerequisite.missing(
                    what(pool),
                    "not in " + String.join(", ", lack) + ", but in " + where
                            + "; set other zones, or another machineType");
        }
        return named.isEmpty() && have.size() < Limit.ZONES_OF_REGIONAL_CLUSTER.most()
                ? Prerequisite.warning(
                        what(pool), "in " + where + " alone, and GKE chooses zones itself; name them in zones")
                : Prerequisite.good(what(pool), "in " + where);
    }

    private static String what(Pool pool) {
        return pool.machine().name() + " of pool " + pool.name();
    }

    /** The zones that have each machine; nothing if Google does not say. */
    private Optional<SortedMap<String, SortedSet<String>>> ask() {
        return machine.output(command()).map(JsonParser::parseString).map(answer -> {
            var zones = new TreeMap<String, SortedSet<String>>();
            answer.getAsJsonArray().asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .forEach(item -> {
                        var zone = item.get("zone").getAsString();
                        zones.computeIfAbsent(item.get("name").getAsString(), name -> new TreeSet<>())
                                .add(zone.substring(zone.lastIndexOf('/') + 1));
                    });
            return zones;
        });
    }

    private List<String> command() {
        var names = fleet.nodePools().stream()
                .map(pool -> pool.machine().name())
                .distinct()
                .toList();
        return List.of(
                "gcloud",
                "compute",
                "machine-types",
                "list",
                "--project",
                fleet.config().project(),
                "--filter=name=(" + String.join(" ", names) + ") AND zone~^"
                        + fleet.config().region() + "-",
                "--format=json(name,zone)");
    }
}
