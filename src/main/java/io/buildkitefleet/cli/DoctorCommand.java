package io.buildkitefleet.cli;

import io.buildkitefleet.operate.Doctor;
import io.buildkitefleet.operate.LocalMachine;
import io.buildkitefleet.operate.Prerequisite;
import io.buildkitefleet.plan.Previews;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What is missing for a deployment. */
@Command(name = "doctor", description = "Find what a deployment of a stack from this machine still lacks.")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STACK", description = "The environment: dev for Pulumi.dev.yaml.")
    private String stackName;

    @Mixin
    private ConfigFile configFile;

    @Override
    public Integer call() {
        var project = configFile.in(fleetCommand.project());
        var stack = project.stack(stackName);
        var checks = new Doctor(new LocalMachine(), project).examine(stack, Previews.fleetOf(stack));
        var out = spec.commandLine().getOut();
        checks.forEach(check ->
                out.println(Ansi.AUTO.string(mark(check.status())) + " " + check.what() + ": " + check.detail()));
        var missing = checks.stream()
                .filter(check -> check.status() == Prerequisite.Status.MISSING)
                .count();
        out.println(missing == 0 ? "Nothing is known to be missing." : "Missing: " + missing + ".");
        out.flush();
        return missing == 0 ? 0 : 1;
    }

    private static String mark(Prerequisite.Status status) {
        return switch (status) {
            case GOOD -> "@|green ok     |@";
            case MISSING -> "@|red missing|@";
            case WARNING -> "@|yellow warning|@";
            case UNKNOWN -> "@|yellow unknown|@";
        };
    }
}
