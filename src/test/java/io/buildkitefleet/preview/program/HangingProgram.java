package io.buildkitefleet.preview.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.resources.ComponentResourceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Starts a process of its own, registers one component, and waits for ever. */
public final class HangingProgram {
    /** The file, in the directory of the project, to which it writes the id of that process. */
    public static final String PROCESS_ID_FILE = "sleeper.pid";

    private HangingProgram() {}

    public static void main(String[] args) {
        startSleeper();
        Pulumi.run(HangingProgram::define);
    }

    public static void define(Context ctx) {
        var part = new Part("stuck", ComponentResourceOptions.Empty);
        part.urn().applyValue(urn -> {
            waitForEver();
            return urn;
        });
        part.finish(Map.of());
    }

    private static void startSleeper() {
        try {
            Process sleeper = new ProcessBuilder("sleep", "600").start();
            Files.writeString(Path.of(PROCESS_ID_FILE), String.valueOf(sleeper.pid()));
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
