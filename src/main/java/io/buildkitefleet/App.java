package io.buildkitefleet;

import io.buildkitefleet.sdk.SdkProgram;
import io.buildkitefleet.stack.FleetStack;
import java.util.logging.LogManager;

/** Where Pulumi starts the program. */
public final class App {
    private static final String WORKERS = "java.util.concurrent.ForkJoinPool.common.parallelism";

    private App() {}

    public static void main(String[] args) {
        // With one worker, as on two cores, the start of the SDK can hang on JDK 25 (pulumi-java #2270).
        if (System.getProperty(WORKERS) == null) {
            System.setProperty(WORKERS, "3");
        }
        // The SDK tells the engine what went wrong, and logs it too: without this, a person reads everything twice.
        LogManager.getLogManager().reset();
        System.exit(SdkProgram.underPulumi(context -> FleetStack.define(context, System.getenv()))
                .join());
    }
}
