package io.buildkitefleet.cli;

import io.buildkitefleet.operate.Handover;
import io.buildkitefleet.operate.LocalMachine;
import io.buildkitefleet.operate.OperateException;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Stack;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Pulumi's destroy, of a current build; options that are not ours go on to Pulumi. */
@Command(name = "destroy", description = "Delete what is in the cloud, with Pulumi.")
final class DestroyCommand implements Callable<Integer> {
    /** As Pulumi reads it: with a value, and behind other letters that take none. */
    private static final Pattern SKIPPING =
            Pattern.compile("--skip-preview(=(?!(?i:0|f|false)$).*)?|-(?!-)[^cmptvx=f]*f.*");

    @ParentCommand
    private FleetCommand fleetCommand;

    @Mixin
    private PulumiArguments arguments;

    @Mixin
    private ConfigFile configFile;

    @Override
    public Integer call() {
        var project = configFile.in(fleetCommand.project());
        var stack = project.stack(arguments.stack());
        if (arguments.others().stream().anyMatch(SKIPPING.asMatchPredicate())) {
            refuseIfProtected(stack);
        }
        var machine = new LocalMachine();
        PulumiArguments.checkAccount(machine, stack);
        var others = new ArrayList<>(arguments.others());
        others.addAll(configFile.forPulumi());
        return new Handover(machine, project).run("destroy", stack.reference(), others);
    }

    /** Without its preview, Pulumi deletes all that it can before it meets the first thing that is protected. */
    private static void refuseIfProtected(Stack stack) {
        if (Previews.fleetOf(stack).config().protect()) {
            throw new OperateException(
                    stack.name() + " is protected: leave out --skip-preview, with which Pulumi deletes "
                            + "what it can before it sees that; to take the stack down, set protect: false and run ./fleet up first");
        }
    }
}
