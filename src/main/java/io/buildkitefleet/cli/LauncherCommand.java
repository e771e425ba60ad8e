package io.buildkitefleet.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code ./fleet} does before there is a program to run. Here it only has its help. */
final class LauncherCommand {
    private LauncherCommand() {}

    static void addTo(CommandLine commandLine) {
        commandLine.addSubcommand(new Build()).addSubcommand(new Test()).addSubcommand(new Bench());
    }

    private abstract static class OfLauncher implements Runnable {
        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "start it with ./fleet " + spec.name());
        }
    }

    /** Maven's package. */
    @Command(name = "build", description = "Only build, if the sources have changed since.")
    private static final class Build extends OfLauncher {}

    /** Maven's verify. */
    @Command(name = "test", description = "Run every test that needs no other program; it takes minutes.")
    private static final class Test extends OfLauncher {
        @Option(
                names = "--engine",
                description = "Run those that need the real Pulumi, Buildkite agent and Kubernetes API server.")
        private boolean engine;

        @Parameters(paramLabel = "ARG", arity = "0..*", description = "Passed on to Maven, such as -Dtest=ChecksTest.")
        private String[] arguments;
    }

    /** What the test sources have for it. */
    @Command(name = "bench", description = "Measure previews on this machine: ./fleet bench --help has its options.")
    private static final class Bench extends OfLauncher {}
}
