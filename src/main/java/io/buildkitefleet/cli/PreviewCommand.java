package io.buildkitefleet.cli;

import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.preview.Plan;
import io.buildkitefleet.preview.PlanJson;
import io.buildkitefleet.preview.ProgramLaunch;
import io.buildkitefleet.preview.Project;
import io.buildkitefleet.preview.Stack;
import io.buildkitefleet.report.FleetJson;
import io.buildkitefleet.report.PlanText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What {@code pulumi up} would create, without an account and without Pulumi. */
@Command(
        name = "preview",
        description = "Show what pulumi up would create in an empty project. Needs no cloud account and no Pulumi.",
        mixinStandardHelpOptions = true)
final class PreviewCommand implements Callable<Integer> {
    /** Pulumi's program: started by its name, as a child, so that what runs is what Pulumi would run. */
    private static final String PROGRAM = "io.buildkitefleet.App";

    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STACK", description = "The environment: dev for Pulumi.dev.yaml.")
    private String stackName;

    @Option(names = "--json", description = "Print the plan in the shape of pulumi preview --json.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Keep the plan in a file, in the shape of --json.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        var project = Project.read(fleetCommand.directory());
        var stack = withPlaceholders(project.stack(stackName));
        var fleet = Fleet.from(new StackSource(stack));
        var plan = new OfflineEngine(ProgramLaunch.ofMainClass(PROGRAM)).preview(project, stack);
        if (out != null) {
            PlanFile.write(out, document -> write(plan, fleet, document));
        }
        var console = spec.commandLine().getOut();
        if (json) {
            write(plan, fleet, console);
        } else {
            console.print(new PlanText(plan, fleet, Ansi.AUTO));
        }
        console.flush();
        return 0;
    }

    /** Secrets have no part in a preview, so one that is not set yet does not stop it. */
    private static Stack withPlaceholders(Stack stack) {
        var config = FleetConfigReader.read(new StackSource(stack), new Problems(stack.name()));
        return stack.withPlaceholderSecrets(config.secretKeys().stream()
                .map(FleetConfigReader.NAMESPACE::concat)
                .collect(Collectors.toSet()));
    }

    private static void write(Plan plan, Fleet fleet, PrintWriter to) throws IOException {
        var document = PlanJson.of(plan);
        document.add("fleet", FleetJson.of(fleet));
        PlanJson.write(document, to);
    }
}
