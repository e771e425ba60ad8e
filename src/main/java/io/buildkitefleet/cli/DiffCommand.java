package io.buildkitefleet.cli;

import com.google.gson.JsonObject;
import io.buildkitefleet.diff.OwnNames;
import io.buildkitefleet.diff.PlanComparison;
import io.buildkitefleet.diff.PlanDiff;
import io.buildkitefleet.diff.StackComparison;
import io.buildkitefleet.diff.StackDifference;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.report.json.DiffJson;
import io.buildkitefleet.report.json.DifferenceJson;
import io.buildkitefleet.report.text.DiffText;
import io.buildkitefleet.report.text.DifferenceText;
import io.buildkitefleet.revision.BasePlan;
import io.buildkitefleet.revision.OtherStack;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What a change of the project does to a stack. */
@Command(
        name = "diff",
        description = {
            "Show what changes in a stack against another revision, or how two stacks differ, "
                    + "without an account and without Pulumi."
        })
final class DiffCommand implements Callable<Integer> {
    private static final int SOMETHING_CHANGES = 3;

    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STACK", description = "The environment: dev for Pulumi.dev.yaml.")
    private String stack;

    @Mixin
    private ConfigFile configFile;

    @Option(
            names = "--base",
            paramLabel = "REF",
            required = true,
            description = {
                "A git revision such as origin/main, or a plan:",
                "what ./fleet preview --json prints, or",
                "pulumi preview --json --show-sames. Or another",
                "stack, by its file or its name: dev,",
                "Pulumi.dev.yaml."
            })
    private String base;

    @Option(names = "--json", description = "Print it for tools.")
    private boolean json;

    @Option(names = "--exit-code", description = "Exit with 3 if anything changes, or differs.")
    private boolean exitCode;

    @Override
    public Integer call() throws IOException {
        var previews = fleetCommand.previews(configFile);
        var other = OtherStack.of(previews.project(), previews.project().stackName(stack), base);
        var isEmpty = other.isPresent() ? print(difference(previews, other.get())) : print(diff(previews));
        if (other.isEmpty() && OtherStack.isStack(previews.project(), base)) {
            spec.commandLine()
                    .getErr()
                    .println("--base " + base + " is a revision and a stack, and was taken for the revision; the "
                            + "stack is --base Pulumi."
                            + previews.project().stackName(base) + ".yaml");
        }
        return exitCode && !isEmpty ? SOMETHING_CHANGES : 0;
    }

    /** @return whether there is nothing to tell */
    private boolean print(StackDifference difference) throws IOException {
        print(DifferenceJson.of(difference), new DifferenceText(difference, Ansi.AUTO));
        return difference.isEmpty();
    }

    /** @return whether there is nothing to tell */
    private boolean print(PlanDiff diff) throws IOException {
        print(DiffJson.of(diff), new DiffText(diff, Ansi.AUTO));
        return diff.isEmpty();
    }

    private void print(JsonObject ofTools, Object text) throws IOException {
        var console = spec.commandLine().getOut();
        if (json) {
            PlanJson.write(ofTools, console);
        } else {
            console.print(text);
        }
        console.flush();
    }

    private StackDifference difference(Previews previews, OtherStack other) throws IOException {
        var there = fleetCommand.progress().during("previewing " + other.label(), () -> other.preview(previews));
        var here = preview(previews);
        return StackComparison.of(
                other.label(),
                StackPlan.of(there),
                StackPlan.of(here),
                OwnNames.of(there.fleet().config(), here.fleet().config()));
    }

    private StackPreview preview(Previews previews) throws IOException {
        return fleetCommand.progress().during("previewing " + stack, () -> previews.of(stack));
    }

    private PlanDiff diff(Previews previews) throws IOException {
        var after = StackPlan.of(preview(previews));
        var plan = new BasePlan(previews, after.stack(), base);
        var before = fleetCommand.progress().during("making the plan of " + base, plan::read);
        return before.plan()
                .map(found -> PlanComparison.of(base, found, after))
                .orElseGet(() -> PlanComparison.ofNewStack(base, after, before.formerStack()));
    }
}
