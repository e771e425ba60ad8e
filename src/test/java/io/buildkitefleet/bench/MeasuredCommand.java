package io.buildkitefleet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A command that is run to be measured; what it prints is thrown away. */
final class MeasuredCommand {
    /**
     * How often memory is looked at: the high-water mark is the kernel's, so only a process's last moment is missed.
     */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** Says in its last line what the command and all that it waited for took, in user and system mode. */
    private static final List<String> TIMED =
            List.of("/bin/sh", "-c", "\"$@\" >/dev/null 2>&1; status=$?; times; exit $status", "sh");

    private static final Pattern TIME = Pattern.compile("(\\d+)m(\\d+)[.,](\\d+)s");

    private final List<String> command;

    MeasuredCommand(List<String> command) {
        this.command = List.copyOf(command);
    }

    /**
     * Runs it once.
     *
     * @throws IOException if it can't be started, or fails
     */
    Measurement run() throws IOException {
        var begin = System.nanoTime();
        var timed = new ArrayList<>(TIMED);
        timed.addAll(command);
        var process = new ProcessBuilder(timed)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long peak = 0;
        try {
            while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, peakNow(process));
            }
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("the benchmark was interrupted", interrupted);
        }
        if (process.exitValue() != 0) {
            throw new IOException("failed with exit code " + process.exitValue() + ": " + String.join(" ", command));
        }
        var wall = Duration.ofNanos(System.nanoTime() - begin);
        try (var times = process.inputReader(StandardCharsets.UTF_8)) {
            return new Measurement(wall, cpu(times.lines().toList()), peak);
        }
    }

    /** The second line of {@code times}, of POSIX, is that of the children. */
    private static Duration cpu(List<String> times) {
        return TIME.matcher(times.get(1))
                .results()
                .map(time -> Duration.ofMinutes(Long.parseLong(time.group(1)))
                        .plusSeconds(Long.parseLong(time.group(2)))
                        .plusMillis(Math.round(Double.parseDouble("0." + time.group(3)) * 1000)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static long peakNow(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(one -> highWaterMark(one.pid()))
                .max()
                .orElse(0);
    }

    /** {@code VmHWM} of proc(5), in MB; 0 for a process that has just ended, and on systems without it. */
    private static long highWaterMark(long pid) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D+", ""))
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024 / 1_000_000)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException gone) {
            return 0;
        }
    }
}
