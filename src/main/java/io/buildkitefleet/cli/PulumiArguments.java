package io.buildkitefleet.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A stack, and whatever else is meant for Pulumi. */
final class PulumiArguments {
    @Parameters(index = "0", paramLabel = "STACK", description = "The environment: dev for Pulumi.dev.yaml.")
    private String stack;

    @Parameters(index = "1..*", paramLabel = "ARG", description = "Passed on to Pulumi, such as --yes.")
    private List<String> others = new ArrayList<>();

    String stack() {
        return stack;
    }

    List<String> others() {
        return others;
    }
}
