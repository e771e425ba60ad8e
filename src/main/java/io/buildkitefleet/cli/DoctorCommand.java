package io.buildkitefleet.cli;

import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.operate.Doctor;
import io.buildkitefleet.operate.LocalMachine;
import io.buildkitefleet.operate.Prerequisite;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.text.ShellWord;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What is missing for a deployment. */
@Command(
        name = "doctor",
        description = {
            "Find what a deployment of a stack from this machine still lacks, in the order of docs/first-deploy.md, "
                    + "and say what comes next."
        })
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
    public Integer call() throws IOException {
        var project = configFile.in(fleetCommand.project());
        var stack = project.stack(stackName);
        var preview = fleetCommand.previews(configFile).of(stackName);
        FleetCommand.warn(spec, preview.fleet());
        var permissions = Permission.of(RolesCommand.types(preview));
        var doctor = new Doctor(new LocalMachine(), project);
        var checks = fleetCommand
                .progress()
                .during(
                        "looking at " + stack.name(),
                        () -> doctor.examine(stack, Previews.fleetOf(stack), permissions));
        var out = spec.commandLine().getOut();
        checks.forEach(check ->
                out.println(Ansi.AUTO.string(mark(check.status())) + " " + check.what() + ": " + check.text()));
        var missing = having(Prerequisite.Status.MISSING, checks);
        var unknown = having(Prerequisite.Status.UNKNOWN, checks);
        out.println((missing.isEmpty() ? "Nothing is known to be missing" : "Missing: " + missing.size())
                + (unknown.isEmpty() ? "." : "; not looked at: " + unknown.size() + "."));
        out.println(
                "next: " + missing.stream().findFirst().map(DoctorCommand::step).orElseGet(() -> upCommand(stack)));
        out.flush();
        return missing.isEmpty() ? 0 : 1;
    }

    private static List<Prerequisite> having(Prerequisite.Status status, List<Prerequisite> checks) {
        return checks.stream().filter(check -> check.status() == status).toList();
    }

    private static String step(Prerequisite missing) {
        return missing.command().isEmpty() ? missing.what() + ": " + missing.detail() : missing.command();
    }

    private String upCommand(Stack stack) {
        return "./fleet up " + new ShellWord(stack.name()) + configFile.forFleet();
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
