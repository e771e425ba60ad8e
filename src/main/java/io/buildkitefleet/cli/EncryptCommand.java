package io.buildkitefleet.cli;

import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.operate.LocalMachine;
import io.buildkitefleet.operate.StackOutput;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.IoErrorText;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.variables.EncryptedVariable;
import io.buildkitefleet.variables.VariableException;
import io.buildkitefleet.variables.VariableKey;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The line of a pipeline file that gives a secret variable to the jobs of one queue. */
@Command(
        name = "encrypt",
        description = {
            "Encrypt a variable for the jobs of a queue, to stand in a public pipeline file.",
            "The value is read from standard input; one line break at its end is left out."
        })
final class EncryptCommand implements Callable<Integer> {
    private static final String OUTPUT = "variableKeys";

    /**
     * The agent leaves shorter values in the log: https://buildkite.com/docs/pipelines/configure/managing-log-output
     */
    private static final int SHORTEST_REDACTED = 6;

    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue whose jobs may have the variable.")
    private String queue;

    @Parameters(index = "1", paramLabel = "NAME", description = "The variable's name in the job, such as NPM_TOKEN.")
    private String name;

    @ArgGroup
    private KeySource source = new KeySource();

    /** Where the public key comes from. */
    private static final class KeySource {
        @Option(
                names = "--stack",
                paramLabel = "STACK",
                completionCandidates = StackNames.class,
                description = "The stack whose outputs hold the key. Default: the only one that there is.")
        private String stack;

        @Option(
                names = "--key",
                paramLabel = "FILE",
                description = "The stack output " + OUTPUT
                        + " in a file, for those who can't read the stack; it is no secret.")
        private Path file;
    }

    @Override
    public Integer call() throws IOException {
        var key = key();
        var value = value();
        var variable = EncryptedVariable.of(key, name, value);
        var console = spec.commandLine();
        console.getOut().println(variable.line());
        console.getOut().flush();
        if (value.length < SHORTEST_REDACTED) {
            console.getErr()
                    .println("Shorter than " + SHORTEST_REDACTED + " bytes: a job that prints it shows it in its log.");
        }
        return 0;
    }

    private VariableKey key() {
        if (source.file != null) {
            return VariableKey.of(queue, read(source.file), source.file.toString());
        }
        var project = fleetCommand.project();
        var chosen = project.stack(stackName(project));
        if (isLocal(project, chosen)) {
            throw new VariableException(chosen.fileName() + ": a local fleet has no keys of Google's for encrypted"
                    + " variables; use secrets of the queue: ./fleet explain queues.secrets");
        }
        var stack = chosen.reference();
        return VariableKey.of(
                queue,
                new StackOutput(new LocalMachine(), project.directory()).json(stack, OUTPUT),
                "stack " + stack + ", output " + OUTPUT);
    }

    /** A stack of which something else is wrong may have been deployed before, and has its keys. */
    private static boolean isLocal(Project project, Stack stack) {
        try {
            return Previews.fleetOf(project, stack).isLocal();
        } catch (ConfigException wrong) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException reason) {
            throw new VariableException("--key " + file + ": can't be read (" + IoErrorText.of(reason) + ")", reason);
        }
    }

    private String stackName(Project project) {
        if (source.stack != null) {
            return source.stack;
        }
        var stacks = project.stackNames();
        if (stacks.size() == 1) {
            return stacks.get(0);
        }
        throw new ParameterException(
                spec.commandLine(), "say which: --stack " + String.join(" or --stack ", stacks) + ", or --key FILE");
    }

    private byte[] value() throws IOException {
        var console = Optional.ofNullable(System.console());
        return console.isPresent() ? typed(console.get()) : withoutLineBreak(System.in);
    }

    private byte[] typed(Console console) {
        var typed =
                Optional.ofNullable(console.readPassword("Value of %s: ", name)).orElse(new char[0]);
        var bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(typed));
        return Arrays.copyOf(bytes.array(), bytes.limit());
    }

    private static byte[] withoutLineBreak(InputStream in) throws IOException {
        var bytes = in.readAllBytes();
        var end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
            if (end > 0 && bytes[end - 1] == '\r') {
                end--;
            }
        }
        return Arrays.copyOf(bytes, end);
    }
}
