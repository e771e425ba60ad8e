package io.buildkitefleet.drain;

import io.buildkitefleet.text.VisibleText;
import java.io.PrintStream;
import java.time.Duration;

/** What a drain tells: sentences, and how far it is, which on a terminal is one line that changes. */
public final class DrainLog {
    /** How often a log says again what has not changed. */
    private static final Duration REPEATED = Duration.ofMinutes(1);

    private static final String LINE_START = "\r\u001B[K";

    private final PrintStream out;
    private final boolean isTerminal;
    private String last = "";
    private long lastAt;

    /** @param isTerminal whether a line can be written over */
    public DrainLog(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    void say(String sentence) {
        clearLine();
        VisibleText.of(sentence).lines().forEach(line -> out.println("drain: " + line));
        out.flush();
    }

    /** @param state what is told anew only when it changes, or after a minute */
    void progress(String state, Duration elapsed) {
        var line = "drain: " + VisibleText.of(state) + ", " + Durations.text(elapsed);
        if (isTerminal) {
            out.print(LINE_START + line);
        } else if (!state.equals(last) || System.nanoTime() - lastAt >= REPEATED.toNanos()) {
            out.println(line);
            lastAt = System.nanoTime();
        }
        last = state;
        out.flush();
    }

    private void clearLine() {
        if (isTerminal && !last.isEmpty()) {
            out.print(LINE_START);
        }
        last = "";
    }
}
