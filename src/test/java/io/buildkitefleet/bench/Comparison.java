package io.buildkitefleet.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

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
        var wallUnit = median(runs.values().iterator().next(), Measurement::wall);
        var cpuUnit = median(runs.values().iterator().next(), Measurement::cpu);
        out.printf(
                Locale.ROOT,
                "Medians of %d runs, taken in turns, on %d cores%n",
                rounds,
                Runtime.getRuntime().availableProcessors());
        out.printf(
                Locale.ROOT,
                "%-32s %8s %8s %12s %8s %22s%n",
                "",
                "seconds",
                "ratio",
                "CPU seconds",
                "ratio",
                "MB, largest process");
        runs.forEach((name, measurements) -> {
            var wall = median(measurements, Measurement::wall);
            var cpu = median(measurements, Measurement::cpu);
            var peak = measurements.stream()
                    .mapToLong(Measurement::peakMegabytes)
                    .max()
                    .orElse(0);
            out.printf(
                    Locale.ROOT,
                    "%-32s %8.2f %8.2f %12.2f %8.2f %22d%n",
                    name,
                    seconds(wall),
                    seconds(wall) / seconds(wallUnit),
                    seconds(cpu),
                    seconds(cpu) / seconds(cpuUnit),
                    peak);
        });
        out.flush();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static Duration median(List<Measurement> measurements, Function<Measurement, Duration> of) {
        return measurements.stream().map(of).sorted().toList().get(measurements.size() / 2);
    }
}
