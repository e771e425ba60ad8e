package io.buildkitefleet;

import com.pulumi.Pulumi;

/** Where Pulumi starts the program. */
public final class App {
    private App() {}

    public static void main(String[] args) {
        Pulumi.run(FleetStack::define);
    }
}
