package io.buildkitefleet;

import io.buildkitefleet.sdk.SdkProgram;
import io.buildkitefleet.stack.FleetStack;
import java.util.logging.LogManager;

/** Where Pulumi starts the program. */
public final class App {
    private App() {}

    public static void main(String[] args) {
        // The SDK tells the engine what went wrong, and logs it too: without this, a person reads everything twice.
        LogManager.getLogManager().reset();
        System.exit(SdkProgram.underPulumi(context -> FleetStack.define(context, System.getenv()))
                .join());
    }
}
