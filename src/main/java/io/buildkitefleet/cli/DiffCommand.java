package io.buildkitefleet.cli;

import io.buildkitefleet.diff.PlanComparison;
import io.buildkitefleet.diff.PlanDiff;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.report.json.DiffJson;
import io.buildkitefleet.report.text.DiffText;
import io.buildkitefleet.revision.BasePlan;
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
            "Show what changes in a stack against another revision, without an account and without Pulumi.",
            "Exit code 0 whether or not something changes."
        })
final class DiffCommand implements Callable<Integer> {
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
                "a file of ./fleet preview --json, or of",
                "pulumi preview --json --show-sames."
            })
    private String base;

    @Option(names = "--json", description = "Print it for tools.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var diff = diff();
        var console = spec.commandLine().getOut();
        if (json) {
            PlanJson.write(DiffJson.of(diff), console);
        } else {
            console.print(new DiffText(diff, Ansi.AUTO));
        }
        console.flush();
        return 0;
    }

    private PlanDiff diff() throws IOException {
        var previews = fleetCommand.previews(configFile);
        var after = StackPlan.of(previews.of(stack));
        var before = new BasePlan(previews, stack, base).read();
        return before.plan()
                .map(plan -> PlanComparison.of(base, plan, after))
                .orElseGet(() -> PlanComparison.ofNewStack(base, after, before.formerStack()));
    }
}
