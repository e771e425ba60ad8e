package io.buildkitefleet.report.text;

import io.buildkitefleet.config.LocalConfig;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Mac;
import io.buildkitefleet.fleet.QueueSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** One line for each queue: where its jobs run, what a job gets, and how many run at a time. */
final class QueueTable {
    /** Where the fleet decides nothing. */
    private static final String NOT_OURS = "-";

    /**
     * A column.
     *
     * @param meaning what stands there, in words
     * @param of what stands there for a queue
     * @param ofMac the same for that of the mac
     */
    private record Column(
            String heading, String meaning, Function<QueueSummary, String> of, Function<Mac, String> ofMac) {
        Column(String heading, String meaning, Function<QueueSummary, String> of) {
            this(heading, meaning, of, unused -> NOT_OURS);
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("QUEUE", "what steps ask for, as agents: {queue: NAME}", QueueSummary::queue, Mac::queue),
            new Column("POOL", "the pool whose nodes run its jobs", QueueSummary::pool),
            new Column("MACHINE", "the machine type of these nodes", QueueSummary::machineType, unused -> "your mac"),
            new Column("CAPACITY", "how Google provides them, and what comes when it has none", QueueTable::capacity),
            new Column(
                    "NODES",
                    "fewest and most nodes of the pool, which its queues share",
                    queue -> queue.minNodes() + ".." + queue.maxNodes()),
            new Column(
                    "A JOB GETS",
                    "CPU in millicores (1000m is one vCPU), memory, GPUs; with docker, its daemon has as much again",
                    QueueTable::job),
            new Column("JOBS/NODE", "jobs that share a node", queue -> String.valueOf(queue.jobsPerNode())),
            new Column(
                    "IN FLIGHT",
                    "jobs that run at a time when the pool is at its largest",
                    queue -> String.valueOf(queue.maxInFlight())),
            new Column(
                    "CAN",
                    "what its jobs may do beyond running: docker, kubectl, helm",
                    queue -> queue.can().isEmpty() ? "-" : String.join(" ", queue.can())));

    /** Where nothing is untrusted, every queue runs what somebody approved. */
    private static final Column TRUST = new Column(
            "TRUST",
            "trusted: it runs what somebody approved, with secrets; untrusted: anything, with no secret and no identity",
            QueueSummary::trust);

    /** Where nothing signs, every queue runs any step. */
    private static final Column STEPS =
            new Column("STEPS", "whether it signs steps, or runs signed ones alone", QueueTable::steps);

    /** Where no queue says whose builds it is for, each takes those of all. */
    private static final Column ONLY =
            new Column("ONLY FOR", "branches and pipelines whose jobs it takes", QueueTable::only);

    /** What says something of pools, and nothing where there are none. */
    private static final Set<String> OF_POOLS = Set.of("POOL", "MACHINE", "CAPACITY", "NODES", "JOBS/NODE");

    private static final Column TAGS = new Column(
            "TAGS",
            "agent tags that a step may ask for",
            queue -> String.join(" ", queue.tags()),
            mac -> "queue=" + mac.queue());

    private final Fleet fleet;
    private final Ansi ansi;

    QueueTable(Fleet fleet, Ansi ansi) {
        this.fleet = fleet;
        this.ansi = ansi;
    }

    /** What each column says, one a line. */
    static String legend() {
        var table = new Table(Set.of(), "COLUMN", "MEANING");
        Stream.concat(COLUMNS.stream(), Stream.of(TRUST, STEPS, ONLY, TAGS))
                .forEach(column -> table.row(column.heading(), column.meaning()));
        return table.toString();
    }

    @Override
    public String toString() {
        var columns = columns();
        var rows = new ArrayList<List<String>>();
        rows.add(columns.stream().map(Column::heading).toList());
        fleet.queues().stream()
                .map(QueueSummary::of)
                .forEach(queue -> rows.add(
                        columns.stream().map(column -> column.of().apply(queue)).toList()));
        fleet.mac()
                .ifPresent(mac -> rows.add(columns.stream()
                        .map(column -> column.ofMac().apply(mac))
                        .toList()));
        var widths = IntStream.range(0, columns.size())
                .map(column -> 2
                        + Collections.max(rows.stream()
                                .map(row -> row.get(column).length())
                                .toList()))
                .toArray();
        var table = Help.TextTable.forColumnWidths(Help.defaultColorScheme(ansi), widths);
        rows.forEach(row -> table.addRowValues(row.toArray(String[]::new)));
        return table.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"))
                + "A JOB GETS is what its command may use, IN FLIGHT how many run at a time, CAN what they may do: "
                + "./fleet explain queues\n"
                + fleet.config().local().map(QueueTable::place).orElseGet(this::quotas);
    }

    private List<Column> columns() {
        var columns = new ArrayList<>(COLUMNS);
        columns.removeIf(column -> fleet.isLocal() && OF_POOLS.contains(column.heading()));
        if (fleet.queues().stream().anyMatch(queue -> !queue.isTrusted())) {
            columns.add(TRUST);
        }
        if (fleet.config().signing().isPresent()) {
            columns.add(STEPS);
        }
        if (fleet.queues().stream().anyMatch(queue -> queue.only().isPresent())) {
            columns.add(ONLY);
        }
        columns.add(TAGS);
        return columns;
    }

    private static String capacity(QueueSummary queue) {
        return queue.fallback().equals("none") ? queue.capacity() : queue.capacity() + ", else " + queue.fallback();
    }

    private static String job(QueueSummary queue) {
        var gpus = queue.gpus() > 0 ? " " + queue.gpus() + " GPU" : "";
        return queue.cpu() + " " + queue.memory() + gpus + (queue.can().contains("docker") ? ", docker as much" : "");
    }

    private static String steps(QueueSummary queue) {
        if (queue.signs()) {
            return "signs them";
        }
        return queue.signedSteps() ? "signed alone" : "any";
    }

    private static String only(QueueSummary queue) {
        return queue.onlyFor().isEmpty() ? "any" : String.join(", ", queue.onlyFor());
    }

    private static String place(LocalConfig local) {
        return "\nJobs run in the cluster of context " + local.context()
                + ", which is no border: run nothing there that you would not run on the machine itself.\n";
    }

    /** What to ask Google for before the fleet needs it. */
    private String quotas() {
        return fleet.quotas().stream()
                        .map(quota -> quota.metric() + " " + quota.amount())
                        .collect(Collectors.joining(
                                ", ",
                                "\nQuota at full size in " + fleet.config().region() + ": ",
                                "\n"))
                + fleet.unknownQuotas().stream()
                        .map(quota -> "Quota beside these: " + quota.what() + ", " + quota.reason() + "\n")
                        .collect(Collectors.joining());
    }
}
