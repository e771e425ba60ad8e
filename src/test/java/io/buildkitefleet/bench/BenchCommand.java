package io.buildkitefleet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchCommand()).setExecutionExceptionHandler((problem, command, parsed) -> {
            if (problem instanceof IOException) {
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
        var out = spec.commandLine().getOut();
        var project = Path.of(System.getProperty(PROJECT, ""));
        if (engineStack == null) {
            new OfflineBenchmark(project, runs).run(out);
        } else {
            new EngineBenchmark(project, engineStack, runs).run(out);
        }
        return 0;
    }
}
