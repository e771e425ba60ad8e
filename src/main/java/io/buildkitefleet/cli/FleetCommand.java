package io.buildkitefleet.cli;

import io.buildkitefleet.buildkite.BuildkiteException;
import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.operate.OperateException;
import io.buildkitefleet.output.Progress;
import io.buildkitefleet.output.StandardOutput;
import io.buildkitefleet.output.VisibleWriter;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.preview.InlineProgram;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.preview.Program;
import io.buildkitefleet.preview.ProgramLaunch;
import io.buildkitefleet.pulumi.IoErrorText;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.stack.FleetStack;
import io.buildkitefleet.variables.VariableException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code ./fleet COMMAND}. */
@Command(
        name = "fleet",
        description = "A Buildkite CI fleet on Google Kubernetes Engine.",
        subcommands = {
            InitCommand.class,
            PreviewCommand.class,
            DiffCommand.class,
            CostCommand.class,
            ExplainCommand.class,
            DoctorCommand.class,
            EncryptCommand.class,
            MirrorCommand.class,
            CompletionCommand.class,
            RolesCommand.class,
            ShellCommand.class,
            UpCommand.class,
            DestroyCommand.class
        },
        footer = {
            "",
            "Exit code: 0 all is well; 1 what it was given is wrong (the configuration, a",
            "file that is missing or of another stack), a rule is broken, or a step failed;",
            "2 wrong usage: a command or an option that there is not, or one too few;",
            "3 something changes, which only diff --exit-code says."
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT)
public final class FleetCommand implements Runnable {
    /** Where the launcher says the project is; people start it from anywhere. */
    static final String PROJECT = "fleet.project.dir";

    /** Where picocli, which knows NO_COLOR and pipes itself, lets others say that no colour is wanted. */
    private static final String ANSI = "picocli.ansi";

    /** What Pulumi starts. */
    private static final String PROGRAM = "io.buildkitefleet.App";

    @Option(
            names = {"-C", "--cwd"},
            paramLabel = "DIR",
            description = "Directory of the project, with Pulumi.yaml and the stacks. Default: the one of ./fleet.")
    private Path directory = Path.of(System.getProperty(PROJECT, ""));

    private final Progress progress = Progress.ofCaller();
    private final Clock clock;

    @Spec
    private CommandSpec spec;

    private FleetCommand(Clock clock) {
        this.clock = clock;
    }

    public static void main(String[] args) {
        if ("dumb".equals(System.getenv("TERM")) && System.getProperty(ANSI) == null) {
            System.setProperty(ANSI, "false");
        }
        var stdout = new StandardOutput();
        System.setOut(new PrintStream(stdout, true, StandardCharsets.UTF_8));
        var stderr = writer(new FileOutputStream(FileDescriptor.err));
        var exitCode = commandLine().setOut(writer(stdout)).setErr(stderr).execute(args);
        System.exit(stdout.exitCode(exitCode, stderr));
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new VisibleWriter(stream, Ansi.AUTO.enabled()), true);
    }

    static CommandLine commandLine() {
        return commandLine(Clock.systemUTC());
    }

    /** @param clock says whether a waiver still runs */
    static CommandLine commandLine(Clock clock) {
        return commandLine(clock, Dialogue.onTerminal());
    }

    /** @param dialogue in which is asked for what a person has not said */
    static CommandLine commandLine(Clock clock, Dialogue dialogue) {
        var commandLine = new CommandLine(new FleetCommand(clock), new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == InitCommand.class
                        ? type.cast(new InitCommand(clock, dialogue))
                        : CommandLine.defaultFactory().create(type);
            }
        });
        for (var ofPulumi : List.of("preview", "up", "destroy")) {
            commandLine.getSubcommands().get(ofPulumi).setUnmatchedOptionsArePositionalParams(true);
        }
        LauncherCommand.addTo(commandLine);
        commandLine
                .addSubcommand("check", CheckCommand.of(clock))
                .addSubcommand("keys", KeysCommand.of(clock))
                .addSubcommand("review", ReviewCommand.of(clock))
                .addSubcommand(new CommandLine.HelpCommand());
        FleetVersion.addTo(commandLine);
        TypedWords.giveTo(commandLine);
        return commandLine
                .setParameterExceptionHandler(UsageError::tell)
                .setExecutionStrategy(FleetCommand::run)
                .setExecutionExceptionHandler(FleetCommand::tell);
    }

    /** The day that it is. */
    LocalDate today() {
        return today(clock);
    }

    /** Tells whoever waits at a terminal what for. */
    Progress progress() {
        return progress;
    }

    Path directory() {
        return directory;
    }

    Project project() {
        return Project.read(directory);
    }

    /** Previews stacks whose configuration may be in a file that was named. */
    Previews previews(ConfigFile configFile) {
        return previews(configFile, new InlineProgram(FleetStack::define));
    }

    /** The same with the program in a process of its own, as Pulumi runs it. */
    Previews isolatedPreviews(ConfigFile configFile) {
        return previews(configFile, ProgramLaunch.ofMainClass(PROGRAM));
    }

    private Previews previews(ConfigFile configFile, Program program) {
        return new Previews(configFile.in(project()), new OfflineEngine(program));
    }

    /** Tells beside the answer what may be wrong with the fleet that it is about. */
    static void warn(CommandSpec command, Fleet fleet) {
        warn(command, fleet.warnings());
    }

    static void warn(CommandSpec command, List<Problem> warnings) {
        var err = command.commandLine().getErr();
        warnings.forEach(warning -> err.println("warning: " + warning.line()));
    }

    /** The day in UTC: a waiver ends at the same moment for everybody. */
    static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command, such as: fleet preview dev");
    }

    /** What a person can mend is told without a stack trace; what is our own mistake is thrown. */
    private static int tell(Exception problem, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (problem instanceof ConfigException
                || problem instanceof ProjectException
                || problem instanceof OperateException
                || problem instanceof BuildkiteException
                || problem instanceof VariableException) {
            command.getErr().println(problem.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (problem instanceof IOException reason) {
            command.getErr().println(told(reason));
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (problem instanceof UncheckedIOException unchecked) {
            command.getErr().println(told(unchecked.getCause()));
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (problem instanceof InvalidPathException noPath) {
            command.getErr()
                    .println(noPath.getInput() + ": can't be the name of a file here; with letters beside a to z, "
                            + "the locale must be one of UTF-8, such as LC_ALL=C.UTF-8");
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw problem;
    }

    private static String told(IOException reason) {
        var file = reason instanceof FileSystemException ofFile ? ofFile.getFile() : null;
        return (file == null ? "" : file + ": ") + IoErrorText.of(reason);
    }

    /** Picocli helps whoever asks for it, even with a command that does not exist. */
    private static int run(CommandLine.ParseResult parsed) {
        if (!parsed.unmatched().isEmpty()) {
            throw new UnmatchedArgumentException(parsed.commandSpec().commandLine(), parsed.unmatched());
        }
        return new CommandLine.RunLast().execute(parsed);
    }
}
