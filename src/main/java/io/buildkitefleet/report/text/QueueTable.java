package io.buildkitefleet.report.text;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.QueueSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** One line a queue: where its jobs run, what a job gets, and how many run at a time. */
final class QueueTable {
    private static final List<String> HEADINGS = List.of(
            "QUEUE", "POOL", "MACHINE", "CAPACITY", "NODES", "A JOB GETS", "JOBS/NODE", "IN FLIGHT", "CAN", "TAGS");

    private final Fleet fleet;
    private final Ansi ansi;

    QueueTable(Fleet fleet, Ansi ansi) {
        this.fleet = fleet;
        this.ansi = ansi;
    }

    @Override
    public String toString() {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADINGS);
        fleet.queues().forEach(queue -> rows.add(row(QueueSummary.of(queue))));
        var widths = IntStream.range(0, HEADINGS.size())
                .map(column -> 2
                        + Collections.max(rows.stream()
                                .map(row -> row.get(column).length())
                                .toList()))
                .toArray();
        var table = Help.TextTable.forColumnWidths(Help.defaultColorScheme(ansi), widths);
        rows.forEach(row -> table.addRowValues(row.toArray(String[]::new)));
        return table.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"))
                + quotas();
    }

    private static List<String> row(QueueSummary queue) {
        var gpus = queue.gpus() > 0 ? " " + queue.gpus() + " GPU" : "";
        return List.of(
                queue.queue(),
                queue.pool(),
                queue.machineType(),
                queue.fallback().equals("none") ? queue.capacity() : queue.capacity() + ", else " + queue.fallback(),
                queue.minNodes() + ".." + queue.maxNodes(),
                queue.cpu() + " " + queue.memory() + gpus + (queue.can().contains("docker") ? ", docker as much" : ""),
                String.valueOf(queue.jobsPerNode()),
                String.valueOf(queue.maxInFlight()),
                queue.trust().equals("untrusted") ? "untrusted" : none(String.join(" ", queue.can())),
                String.join(" ", queue.tags()));
    }

    private static String none(String text) {
        return text.isEmpty() ? "-" : text;
    }

    /** What to ask Google for before the fleet needs it. */
    private String quotas() {
        return fleet.quotas().stream()
                .map(quota -> quota.metric() + " " + quota.amount())
                .collect(Collectors.joining(
                        ", ", "\nQuota at full size in " + fleet.config().region() + ": ", "\n"));
    }
}
