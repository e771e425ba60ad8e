package io.buildkitefleet.deploy;

import java.io.IOException;
import java.util.List;

/** Hands the terminal over to another program, until that ends. */
final class Terminal {
    private Terminal() {}

    /**
     * Runs a command as if it had been typed.
     *
     * @return its exit code
     * @throws DeployException if it can't be started
     */
    static int handOver(List<String> command) {
        var process = start(command);
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            // The program has been interrupted too, by the same key, and ends what it has begun.
            Thread.currentThread().interrupt();
            return process.onExit().join().exitValue();
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException reason) {
            throw new DeployException(command.get(0) + " can't be started: " + reason.getMessage(), reason);
        }
    }
}
