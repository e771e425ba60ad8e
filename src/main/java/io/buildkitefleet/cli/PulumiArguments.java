package io.buildkitefleet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A stack, and whatever else is meant for Pulumi. */
final class PulumiArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "STACK", description = "The environment: dev for Pulumi.dev.yaml.")
    private String stack;

    @Parameters(index = "1..*", paramLabel = "ARG", description = "Passed on to Pulumi, such as --yes.")
    private List<String> others = new ArrayList<>();

    /** @throws ParameterException if something else stands in its place */
    String stack() {
        if (UsageError.isOption(stack)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the stack comes before what is Pulumi's, as in ./" + spec.qualifiedName() + " dev " + stack
                            + "; got first: " + stack);
        }
        return stack;
    }

    /** What is meant for an option, in the place of the stack, too. */
    List<String> options() {
        return Stream.concat(Stream.of(stack), others.stream())
                .filter(UsageError::isOption)
                .toList();
    }

    List<String> others() {
        return others;
    }
}
