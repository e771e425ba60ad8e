package io.buildkitefleet.cli;

import io.buildkitefleet.bench.Benchmark;
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

    @Override
    public Integer call() throws IOException {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs must be at least 1, got " + runs);
        }
        new Benchmark(fleetCommand.directory(), runs).run(spec.commandLine().getOut());
        return 0;
    }
}
