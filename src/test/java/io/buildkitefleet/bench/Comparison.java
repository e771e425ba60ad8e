package io.buildkitefleet.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times commands in turns, so that the ratios between them hold when the machine's speed drifts. */
final class Comparison {
    private final int rounds;
    private final Map<String, MeasuredCommand> commands = new LinkedHashMap<>();

    /** @param rounds how often each command is run, after one run that is not counted */
    Comparison(int rounds) {
        this.rounds = rounds;
    }

    /** Adds a command; the first one is what the others are measured by. */
    Comparison with(String name, List<String> command) {
        commands.put(name, new MeasuredCommand(command));
        return this;
    }

    /**
     * Runs them all and prints the medians.
     *
     * @throws IOException if a command fails
     */
    void run(PrintWriter out) throws IOException {
        print(out, measure());
    }

    private Map<String, List<Measurement>> measure() throws IOException {
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
                Locale.ROOT,
                "Medians of %d runs, taken in turns, on %d cores%n",
                rounds,
                Runtime.getRuntime().availableProcessors());
        out.printf(Locale.ROOT, "%-32s %8s %8s %22s%n", "", "seconds", "ratio", "MB, largest process");
        runs.forEach((name, measurements) -> {
            var median = median(measurements);
            var peak = measurements.stream()
                    .mapToLong(Measurement::peakMegabytes)
                    .max()
                    .orElse(0);
            out.printf(
                    Locale.ROOT,
                    "%-32s %8.2f %8.2f %22d%n",
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
}
