package io.buildkitefleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command that is run to be measured; what it prints is thrown away. */
final class MeasuredCommand {
    /**
     * How often memory is looked at: the high-water mark is the kernel's, so only a process's last moment is missed.
     */
    private static final Duration LOOK = Duration.ofMillis(20);

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
        var process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
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
        return new Measurement(Duration.ofNanos(System.nanoTime() - begin), peak);
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
