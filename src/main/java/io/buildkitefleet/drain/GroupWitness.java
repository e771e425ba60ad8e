package io.buildkitefleet.drain;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process beside this one in its process group, which does nothing and ends with the first signal. It tells whether a
 * signal went to the whole group, as Ctrl-C on a terminal and the cancellation of a build do, or to this process alone:
 * Java does not say, and a child that is told twice stops at once, half-way through a change.
 */
final class GroupWitness implements AutoCloseable {
    /** A signal reaches all of a group at once; only the end of the process has to be seen. */
    private static final long REACTION_MS = 500;

    private final Optional<Process> process;

    GroupWitness() {
        process = start();
    }

    /** It waits for the end of its input, which comes with our own end, so that it never stays. */
    private static Optional<Process> start() {
        try {
            return Optional.of(new ProcessBuilder("cat")
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Whether a signal that came here just now went to the others as well; so it is taken to be without a witness. */
    boolean wasSignalled() throws InterruptedException {
        return process.isEmpty() || process.get().waitFor(REACTION_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.ifPresent(Process::destroy);
    }
}
