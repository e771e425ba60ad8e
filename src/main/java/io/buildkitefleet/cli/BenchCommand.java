package io.buildkitefleet.cli;

import io.buildkitefleet.bench.EngineBenchmark;
import io.buildkitefleet.bench.OfflineBenchmark;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** How fast the command line is here. */
@Command(name = "bench", description = "Measure how long previews take on this machine, and how much memory they use.")
final class BenchCommand implements Callable<Integer> {
    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Option(names = "--runs", paramLabel = "N", description = "Runs of each command. Default: ${DEFAULT-VALUE}.")
    private int runs = 5;

    @Option(
            names = "--engine",
            paramLabel = "STACK",
            description = "Compare how Pulumi can start the program, in real previews of a stack.")
    private String engineStack;

    @Override
    public Integer call() throws IOException {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs must be at least 1, got " + runs);
        }
        var out = spec.commandLine().getOut();
        var project = fleetCommand.directory();
        if (engineStack == null) {
            new OfflineBenchmark(project, runs).run(out);
        } else {
            new EngineBenchmark(project, engineStack, runs).run(out);
        }
        return 0;
    }
}
