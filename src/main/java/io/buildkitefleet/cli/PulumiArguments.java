package io.buildkitefleet.cli;

import io.buildkitefleet.operate.Machine;
import io.buildkitefleet.operate.OperateException;
import io.buildkitefleet.operate.ProviderVariables;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A stack, and whatever else is meant for Pulumi. */
final class PulumiArguments {
    /**
     * What names a stack or a directory to Pulumi, which takes the last of several: in full, and as a letter behind
     * others that take no value, which a later Pulumi may have more of.
     */
    private static final Pattern ELSEWHERE =
            Pattern.compile("--(stack|cwd)(=.*)?|-(?!-)[^cmptvxsC=]*[sC].*", Pattern.DOTALL);

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

    /**
     * Refuses to make half of a fleet as one account and half as another.
     *
     * @throws OperateException if a variable of the machine would do that
     */
    static void checkAccount(Machine machine, Stack stack) {
        ProviderVariables.refusal(machine::variable)
                .filter(unused -> Previews.fleetOf(stack).config().local().isEmpty())
                .ifPresent(reason -> {
                    throw new OperateException(reason);
                });
    }

    /** What is meant for an option, in the place of the stack, too. */
    List<String> options() {
        return Stream.concat(Stream.of(stack), others.stream())
                .filter(UsageError::isOption)
                .toList();
    }

    /**
     * What goes on to Pulumi.
     *
     * @throws ParameterException if it names a stack or a directory, which would be another one than was looked at
     */
    List<String> others() {
        var elsewhere = others.stream().filter(ELSEWHERE.asMatchPredicate()).toList();
        if (!elsewhere.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the stack is named once, as in ./" + spec.qualifiedName() + " " + stack
                            + ", and the directory is the project's; leave out " + String.join(" ", elsewhere)
                            + " (a text that looks like it: --message=TEXT)");
        }
        return others;
    }
}
