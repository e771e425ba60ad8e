package io.buildkitefleet.preview;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A program between its start and its end. */
interface RunningProgram extends AutoCloseable {
    /** Completes with the exit code. */
    CompletableFuture<Integer> exit();

    /** The last lines that it wrote to standard error; call it after the program has ended. */
    List<String> errorLines();

    /** Ends it as far as it runs. */
    @Override
    void close();
}
