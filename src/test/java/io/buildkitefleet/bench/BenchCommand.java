package io.buildkitefleet.bench;

import io.buildkitefleet.pulumi.ProjectException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How fast the command line is here: a command of a checkout, and no part of the product. */
@Command(
        name = "fleet bench",
        description = "Measure how long previews take on this machine, and how much memory they use.")
public final class BenchCommand implements Callable<Integer> {
    /** Where the launcher says the project is. */
    private static final String PROJECT = "fleet.project.dir";

    @Spec
    private CommandSpec spec;

    @Option(names = "--runs", paramLabel = "N", description = "Runs of each command. Default: ${DEFAULT-VALUE}.")
    private int runs = 5;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    @Option(
            names = "--engine",
            paramLabel = "STACK",
            description = "Compare how Pulumi can start the program, in real previews of a stack.")
    private String engineStack;

    @Option(
            names = "--against",
            paramLabel = "REVISION",
            description = "Compare with the program of a revision, which is built beside this one.")
    private String revision;

    @Option(names = "--growth", description = "Measure stacks of 10, 30, 100 and 300 queues.")
    private boolean growth;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchCommand()).setExecutionExceptionHandler((problem, command, parsed) -> {
            if (problem instanceof IOException || problem instanceof ProjectException) {
                command.getErr().println(problem.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw problem;
        });
    }

    @Override
    public Integer call() throws IOException {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs must be at least 1, got " + runs);
        }
        if (Stream.of(engineStack != null, revision != null, growth)
                        .filter(chosen -> chosen)
                        .count()
                > 1) {
            throw new ParameterException(spec.commandLine(), "choose one of --engine, --against and --growth");
        }
        measure(Path.of(System.getProperty(PROJECT, "")), spec.commandLine().getOut());
        return 0;
    }

    private void measure(Path project, PrintWriter out) throws IOException {
        if (engineStack != null) {
            new EngineBenchmark(project, engineStack, runs).run(out);
        } else if (revision != null) {
            new RevisionBenchmark(project, revision, runs).run(out);
        } else if (growth) {
            new OfflineBenchmark(project, runs).runGrowth(out);
        } else {
            new OfflineBenchmark(project, runs).run(out);
        }
    }
}
