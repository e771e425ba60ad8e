package io.buildkitefleet;

import com.pulumi.Pulumi;
import io.buildkitefleet.stack.FleetStack;

/** Where Pulumi starts the program. */
public final class App {
    private App() {}

    public static void main(String[] args) {
        Pulumi.run(context -> FleetStack.define(context, System.getenv()));
    }
}
