package io.buildkitefleet.operate;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.text.ShellWord;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Whether the zones of the pools have their machines, which no public list says: Google is asked. */
final class ZoneMachines {
    private final Gcloud gcloud;
    private final Fleet fleet;

    ZoneMachines(Gcloud gcloud, Fleet fleet) {
        this.gcloud = gcloud;
        this.fleet = fleet;
    }

    /** @param canAsk whether somebody is logged in with gcloud */
    List<Prerequisite> examine(boolean canAsk) {
        if (!canAsk) {
            return fleet.nodePools().stream()
                    .map(pool -> unasked(pool, GoogleProject.NOT_ASKED))
                    .toList();
        }
        var reply = gcloud.ask(question());
        var zones = reply.text().flatMap(JsonAnswer::parse).map(ZoneMachines::byMachine);
        return fleet.nodePools().stream()
                .map(pool -> zones.map(found -> found(pool, found))
                        .orElseGet(() ->
                                unasked(pool, "gcloud does not say which zones have it (" + reply.reason() + ")")))
                .toList();
    }

    private Prerequisite unasked(Pool pool, String reason) {
        var command =
                Stream.concat(Stream.of(Gcloud.NAME), Stream.of(question())).toList();
        return Prerequisite.unknown(what(pool), reason + "; look yourself", ShellWord.line(command));
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

    /** The zones that have each machine. */
    private static SortedMap<String, SortedSet<String>> byMachine(JsonAnswer answer) {
        var zones = new TreeMap<String, SortedSet<String>>();
        for (var item : answer.items()) {
            var name = item.text("name");
            var zone = item.text("zone");
            if (name.isPresent() && zone.isPresent()) {
                zones.computeIfAbsent(name.get(), unused -> new TreeSet<>())
                        .add(zone.get().substring(zone.get().lastIndexOf('/') + 1));
            }
        }
        return zones;
    }

    private String[] question() {
        var names = fleet.nodePools().stream()
                .map(pool -> pool.machine().name())
                .distinct()
                .toList();
        return new String[] {
            "compute",
            "machine-types",
            "list",
            "--project",
            fleet.config().project(),
            "--filter=name=(" + String.join(" ", names) + ") AND zone~^"
                    + fleet.config().region() + "-",
            "--format=json(name,zone)"
        };
    }
}
