package io.buildkitefleet.operate;

import io.buildkitefleet.pulumi.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets Pulumi take over the terminal: it asks, shows and can be interrupted as if it had been typed itself, for which
 * the launcher becomes Pulumi. Pulumi then starts the program through the launcher.
 */
public final class Handover {
    private final Machine machine;
    private final Project project;

    public Handover(Machine machine, Project project) {
        this.machine = machine;
        this.project = project;
    }

    /**
     * Runs a command of Pulumi's as the last thing that this program does.
     *
     * @param verb such as {@code up}
     * @param arguments passed on as they are
     * @return Pulumi's exit code, or 0 if the launcher is to become Pulumi
     * @throws OperateException if Pulumi is not there, is none that the project takes, or can't be started
     */
    public int run(String verb, String stack, List<String> arguments) {
        return Terminal.replace(command(verb, stack, arguments));
    }

    /**
     * A command of Pulumi's for a child of this program, which gets Ctrl-C from the terminal as this program does.
     *
     * @throws OperateException if Pulumi is not there, or is none that can be a child, or that the project takes
     */
    public List<String> childCommand(String verb, String stack, List<String> arguments) {
        var command = command(verb, stack, arguments);
        installation().refusalAsChild(Path.of(command.get(0))).ifPresent(Handover::refuse);
        return command;
    }

    List<String> command(String verb, String stack, List<String> arguments) {
        var pulumi = machine.find("pulumi")
                .orElseThrow(() -> new OperateException(
                        "pulumi is not installed; see https://www.pulumi.com/docs/install/, or build the pinned one: "
                                + "tools/install pulumi"));
        installation().refusal(pulumi).ifPresent(Handover::refuse);
        var command = new ArrayList<String>();
        command.addAll(
                List.of(pulumi.toString(), verb, "--cwd", project.directory().toString(), "--stack", stack));
        command.addAll(arguments);
        return command;
    }

    private PulumiInstallation installation() {
        return new PulumiInstallation(machine, project.requiredPulumi());
    }

    private static void refuse(String reason) {
        throw new OperateException(reason);
    }
}
