package io.buildkitefleet.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times whole previews beside the start of an empty JVM, in turns, so that a ratio holds when the machine's speed
 * drifts.
 */
public final class Benchmark {
    private static final int QUEUES = 100;

    private final Path project;
    private final int rounds;

    /**
     * @param project the directory with {@code ./fleet}
     * @param rounds how often each command is run, after one run that is not counted
     */
    public Benchmark(Path project, int rounds) {
        this.project = project;
        this.rounds = rounds;
    }

    /**
     * Prints the medians.
     *
     * @throws IOException if a command fails
     */
    public void run(PrintWriter out) throws IOException {
        var launcher = project.resolve("fleet").toAbsolutePath().toString();
        try (var large = new LargeStack(project, QUEUES)) {
            var commands = new LinkedHashMap<String, MeasuredCommand>();
            commands.put("an empty JVM", new MeasuredCommand(List.of(java(), "-version")));
            commands.put("preview dev", new MeasuredCommand(List.of(launcher, "preview", "dev")));
            commands.put(
                    "preview of " + QUEUES + " queues",
                    new MeasuredCommand(
                            List.of(launcher, "-C", large.directory().toString(), "preview", LargeStack.NAME)));
            print(out, measure(commands));
        }
    }

    private Map<String, List<Measurement>> measure(Map<String, MeasuredCommand> commands) throws IOException {
        var runs = new LinkedHashMap<String, List<Measurement>>();
        for (int round = 0; round <= rounds; round++) {
            for (var command : commands.entrySet()) {
                var measured = command.getValue().run();
                if (round > 0) {
                    runs.computeIfAbsent(command.getKey(), unused -> new ArrayList<>())
                            .add(measured);
                }
            }
        }
        return runs;
    }

    private void print(PrintWriter out, Map<String, List<Measurement>> runs) {
        var unit = median(runs.values().iterator().next()).wall().toMillis();
        out.printf(
                "Medians of %d runs, taken in turns, on %d cores%n",
                rounds, Runtime.getRuntime().availableProcessors());
        out.printf("%-24s %8s %14s %22s%n", "", "seconds", "× empty JVM", "MB, largest process");
        runs.forEach((name, measurements) -> {
            var median = median(measurements);
            var peak = measurements.stream()
                    .mapToLong(Measurement::peakMegabytes)
                    .max()
                    .orElse(0);
            out.printf(
                    "%-24s %8.2f %14.1f %22d%n",
                    name,
                    median.wall().toMillis() / 1000.0,
                    (double) median.wall().toMillis() / unit,
                    peak);
        });
        out.flush();
    }

    private static Measurement median(List<Measurement> measurements) {
        return measurements.stream()
                .sorted(Comparator.comparing(Measurement::wall))
                .toList()
                .get(measurements.size() / 2);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
