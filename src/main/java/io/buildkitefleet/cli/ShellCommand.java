package io.buildkitefleet.cli;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.images.PinnedImage;
import io.buildkitefleet.operate.JobShell;
import io.buildkitefleet.operate.LocalMachine;
import io.buildkitefleet.plan.Previews;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The way into a running job. */
@Command(
        name = "shell",
        description = "Print the commands that open a shell in the newest running job of a queue, or run them.")
final class ShellCommand implements Callable<Integer> {
    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "STACK", description = "The environment: dev for Pulumi.dev.yaml.")
    private String stackName;

    @Parameters(index = "1", paramLabel = "QUEUE", description = "A queue that has debuggers.")
    private String queue;

    @Mixin
    private ConfigFile configFile;

    @Option(names = "--run", description = "Run them, with the kubectl of this machine.")
    private boolean run;

    @Option(
            names = "--trace",
            description = "Add a container that can trace the job's processes, instead of a shell in the job's own.")
    private boolean trace;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description =
                    "What --trace starts, with bash in it. Default: nicolaka/netshoot in the version of pins.json.")
    private String image;

    @Option(
            names = "--container",
            paramLabel = "NAME",
            defaultValue = "container-0",
            description = "The container to go to. Default: ${DEFAULT-VALUE}, in which a job's command runs.")
    private String container;

    @Override
    public Integer call() {
        var fleet = Previews.fleetOf(configFile.in(fleetCommand.project()).stack(stackName));
        var entry = new JobShell.Entry(container, trace ? Optional.of(image(fleet)) : Optional.empty());
        var shell = new JobShell(new LocalMachine(), fleet, queue, entry);
        if (run) {
            return shell.run();
        }
        var out = spec.commandLine().getOut();
        shell.lines().forEach(out::println);
        out.flush();
        return 0;
    }

    private String image(Fleet fleet) {
        return image == null ? fleet.names().images().pinned(PinnedImage.NETSHOOT) : image;
    }
}
