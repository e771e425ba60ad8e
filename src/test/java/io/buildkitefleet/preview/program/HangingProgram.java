package io.buildkitefleet.preview.program;

import com.pulumi.Pulumi;
import com.pulumi.resources.ComponentResourceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Starts a process of its own, registers one component, and waits for ever. */
public final class HangingProgram {
    private HangingProgram() {}

    public static void main(String[] args) {
        startSleeper();
        Pulumi.run(ctx -> {
            var part = new Part("stuck", ComponentResourceOptions.Empty);
            part.urn().applyValue(urn -> {
                waitForEver();
                return urn;
            });
            part.finish(Map.of());
        });
    }

    private static void startSleeper() {
        try {
            new ProcessBuilder("sleep", "600").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void waitForEver() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
