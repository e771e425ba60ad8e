package io.buildkitefleet.output;

import io.buildkitefleet.text.VisibleText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Says to a person on a terminal what takes longer than a second, and for how long. It is one line of stderr that
 * changes, and that goes when the work is done.
 */
public final class Progress {
    /** Where the launcher says that stderr is a terminal on which a line can be written over: Java cannot ask that. */
    private static final String TERMINAL = "fleet.terminal";

    private static final String LINE_START = "\r\u001B[K";

    private final PrintStream err;
    private final boolean isTerminal;
    private final Duration period;

    /** What takes time. */
    public interface Work<T> {
        T run() throws IOException;
    }

    /** @param period after which something is said, and said again */
    Progress(PrintStream err, boolean isTerminal, Duration period) {
        this.err = err;
        this.isTerminal = isTerminal;
        this.period = period;
    }

    /** Of whoever started this program. */
    public static Progress ofCaller() {
        // Not through the writer of commands, which shows what would move a terminal's cursor.
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new Progress(err, Boolean.getBoolean(TERMINAL), Duration.ofSeconds(1));
    }

    /**
     * Does the work.
     *
     * @param what it is, as in "previewing dev"
     */
    public <T> T during(String what, Work<T> work) throws IOException {
        if (!isTerminal) {
            return work.run();
        }
        var clock = Executors.newSingleThreadScheduledExecutor(Progress::daemon);
        var line = new Line(VisibleText.of(what));
        clock.scheduleAtFixedRate(line::say, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return work.run();
        } finally {
            end(clock, line);
        }
    }

    private static void end(ScheduledExecutorService clock, Line line) {
        clock.shutdownNow();
        line.clear();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    }

    /** One piece of work's. */
    private final class Line {
        private final String what;
        private final long start = System.nanoTime();
        private boolean isShown;
        private boolean isDone;

        private Line(String what) {
            this.what = what;
        }

        private synchronized void say() {
            if (!isDone) {
                var seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
                err.print(LINE_START + "fleet: " + what + ", " + seconds + " s");
                err.flush();
                isShown = true;
            }
        }

        private synchronized void clear() {
            isDone = true;
            if (isShown) {
                err.print(LINE_START);
                err.flush();
            }
        }
    }
}
