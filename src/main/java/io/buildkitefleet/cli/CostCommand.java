package io.buildkitefleet.cli;

import io.buildkitefleet.cost.Estimator;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.cost.Scenario;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.report.json.EstimateJson;
import io.buildkitefleet.report.text.EstimateText;
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

/** What a stack costs a month. */
@Command(
        name = "cost",
        description = "Estimate what a stack costs a month, by a dated list of Google's prices. Asks no account.")
final class CostCommand implements Callable<Integer> {
    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STACK", description = "The environment: dev for Pulumi.dev.yaml.")
    private String stackName;

    @Mixin
    private ConfigFile configFile;

    @Option(
            names = "--at",
            paramLabel = "LOAD",
            defaultValue = "load",
            description = "Show the lines of a month at min, at the stack's load, or at max. Default: load.")
    private Scenario scenario;

    @Option(names = "--json", description = "Print all of it for tools.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var stack = configFile.in(fleetCommand.project()).stack(stackName);
        var fleet = Previews.fleetOf(stack);
        FleetCommand.warn(spec, fleet);
        var estimate = new Estimator(PriceList.latest()).estimate(fleet);
        var console = spec.commandLine().getOut();
        if (json) {
            PlanJson.write(EstimateJson.of(estimate), console);
        } else {
            console.print(new EstimateText(estimate, scenario, Ansi.AUTO));
        }
        console.flush();
        return 0;
    }
}
