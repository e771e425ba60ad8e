package io.buildkitefleet.cli;

import io.buildkitefleet.deploy.Handover;
import io.buildkitefleet.deploy.LocalMachine;
import io.buildkitefleet.preview.Project;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** A command of Pulumi's, of a current build; options that are not ours go on to Pulumi. */
@Command
final class HandoverCommand implements Callable<Integer> {
    private final String verb;

    @ParentCommand
    private FleetCommand fleetCommand;

    @Mixin
    private PulumiArguments arguments;

    private HandoverCommand(String verb) {
        this.verb = verb;
    }

    static CommandLine of(String verb, String description) {
        var command = new CommandLine(new HandoverCommand(verb)).setUnmatchedOptionsArePositionalParams(true);
        command.getCommandSpec().usageMessage().description(description);
        return command;
    }

    @Override
    public Integer call() {
        var project = Project.read(fleetCommand.directory());
        project.stack(arguments.stack());
        return new Handover(new LocalMachine(), project.directory()).run(verb, arguments.stack(), arguments.others());
    }
}
