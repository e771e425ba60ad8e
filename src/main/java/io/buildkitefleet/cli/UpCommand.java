package io.buildkitefleet.cli;

import io.buildkitefleet.buildkite.ApiAccess;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.drain.Drain;
import io.buildkitefleet.drain.DrainLog;
import io.buildkitefleet.drain.DrainOwner;
import io.buildkitefleet.drain.DrainPlan;
import io.buildkitefleet.drain.DrainTiming;
import io.buildkitefleet.drain.Durations;
import io.buildkitefleet.drain.OwnJob;
import io.buildkitefleet.drain.PauseFile;
import io.buildkitefleet.drain.UpArguments;
import io.buildkitefleet.drain.UpdateFromJob;
import io.buildkitefleet.operate.FederatedLogin;
import io.buildkitefleet.operate.Handover;
import io.buildkitefleet.operate.LocalMachine;
import io.buildkitefleet.operate.OperateException;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.text.ShellWord;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Pulumi's up, of a current build; options that are not ours go on to Pulumi. */
@Command(name = "up", description = "Create or change what is in the cloud, with Pulumi.")
final class UpCommand implements Callable<Integer> {
    /** What is said for {@code --resume} as well. */
    private static final Set<String> YES_ALONE = Set.of("--yes", "-y");

    private static final Set<String> YES = Set.of("1", "t", "true");

    /** As a program knows that a signal has ended it. */
    private static final int INTERRUPTED = 130;

    private final LocalMachine machine = new LocalMachine();

    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PulumiArguments arguments;

    @Mixin
    private ConfigFile configFile;

    @Option(
            names = "--drain",
            description = "First pause the queues at Buildkite that would lose jobs, and wait for these; resume the "
                    + "queues afterwards, also after Ctrl-C. Needs BUILDKITE_API_TOKEN.")
    private boolean drain;

    @Option(
            names = "--drain-limit",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "How long to wait for jobs, such as 90m. Default: ${DEFAULT-VALUE}.")
    private String limit;

    @Option(
            names = "--at-drain-limit",
            paramLabel = "stop|up",
            defaultValue = "stop",
            description = "What to do when jobs still run then: change nothing, or lose them. Default: "
                    + "${DEFAULT-VALUE}.")
    private DrainPlan.AtLimit atLimit;

    @Option(
            names = "--buildkite-cluster",
            paramLabel = "NAME",
            description = "The cluster at Buildkite that the queues are in, where several have queues of these names. "
                    + "May be given more than once.")
    private List<String> clusters = new ArrayList<>();

    @Option(
            names = "--own-queue-elsewhere",
            description =
                    "In a job of Buildkite's: the queue that it runs on is another stack's, though this one has a "
                            + "queue of that name.")
    private boolean isOwnQueueElsewhere;

    @Option(
            names = "--resume",
            description = "Only resume the queues that an up --drain has left paused because it was killed. Where it "
                    + "left no file, it asks whether that has ended, unless --yes says so.")
    private boolean resume;

    @Override
    public Integer call() {
        refuseWhatDoesNotFit();
        var project = configFile.in(fleetCommand.project());
        var stack = project.stack(arguments.stack());
        var file = new PauseFile(project.directory(), stack.name());
        if (!resume) {
            PulumiArguments.checkAccount(machine, stack);
        }
        if (!drain && !resume) {
            file.refusal(resumeCommand()).ifPresent(reason -> {
                throw new OperateException(reason);
            });
            return upAtOnce(project);
        }
        var terminal = System.console() != null
                && machine.variable("TERM").filter(term -> !term.equals("dumb")).isPresent();
        // Not through the writer of commands, which shows what would move a terminal's cursor.
        var log = new DrainLog(
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8), terminal);
        try {
            var access = ApiAccess.of(machine::variable);
            return resume
                    ? new Drain(plan(project), file, access, log).resume(this::isKnownToHaveEnded)
                    : new Drain(drainPlan(project), file, access, log).up(this::isAgreed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }

    /** Pulumi itself knows nothing of jobs. */
    private int upAtOnce(Project project) {
        var handover = new Handover(machine, project);
        var queue = OwnJob.queueOf(machine::variable).filter(unused -> !isOwnQueueElsewhere);
        var account = FederatedLogin.account(machine::variable);
        try {
            if (queue.isPresent() || account.isPresent()) {
                new UpdateFromJob(preview(project, handover), queue, account).check();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
        return handover.run("up", reference(project), forPulumi());
    }

    private List<String> preview(Project project, Handover handover) {
        var preview = new ArrayList<>(new UpArguments(forPulumi()).forPreview());
        preview.addAll(List.of("--json", "--show-sames", "--non-interactive"));
        return handover.childCommand("preview", reference(project), preview);
    }

    private void refuseWhatDoesNotFit() {
        var forUpdate = arguments.others().stream()
                .filter(word -> !YES_ALONE.contains(word))
                .toList();
        if (resume && (drain || !forUpdate.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--resume runs no update, so it takes nothing for one but --yes, got: "
                            + String.join(" ", drain ? List.of("--drain") : forUpdate));
        }
        var isGiven = Stream.of("--drain-limit", "--at-drain-limit")
                .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
                .toList();
        if (!drain && !isGiven.isEmpty()) {
            throw new ParameterException(spec.commandLine(), isGiven.get(0) + " is for --drain");
        }
        if (!drain && !resume && !clusters.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--buildkite-cluster is for --drain and --resume");
        }
        if (drain
                && !saysYes()
                && (System.console() == null || arguments.others().contains("--non-interactive"))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nobody is there to agree to the update, so Pulumi would refuse it when all jobs have ended; "
                            + "say --yes");
        }
    }

    private boolean saysYes() {
        return new UpArguments(arguments.others()).saysYes()
                || machine.variable("PULUMI_SKIP_CONFIRMATIONS")
                        .filter(value -> YES.contains(value.toLowerCase(Locale.ROOT)))
                        .isPresent();
    }

    private boolean isAgreed() {
        return saysYes() || isAnsweredYes("Pause these queues until their jobs have ended and the update is done?");
    }

    private boolean isKnownToHaveEnded() {
        if (saysYes()) {
            return true;
        }
        if (System.console() == null) {
            throw new OperateException(
                    "nothing here says whether that drain, and the Pulumi that it started, have ended, and an update "
                            + "that goes on would stop the jobs that begin now; if they have, say --yes");
        }
        return isAnsweredYes(
                "Has that drain ended, and the Pulumi that it started, so that the queues can be resumed?");
    }

    private static boolean isAnsweredYes(String question) {
        var answer = System.console().readLine(question + " [yes/no] ");
        return answer != null && Set.of("yes", "y").contains(answer.strip().toLowerCase(Locale.ROOT));
    }

    private DrainPlan drainPlan(Project project) {
        var handover = new Handover(machine, project);
        return plan(project, preview(project, handover), handover.childCommand("up", reference(project), forPulumi()));
    }

    /** Without an update. */
    private DrainPlan plan(Project project) {
        return plan(project, List.of(), List.of());
    }

    private DrainPlan plan(Project project, List<String> preview, List<String> up) {
        var stack = project.stack(arguments.stack());
        var config = Previews.fleetOf(stack).config();
        return new DrainPlan(
                owner(project.name() + "/" + stack.name(), config),
                config.organization(),
                clusters,
                preview,
                up,
                resumeCommand(),
                FederatedLogin.account(machine::variable),
                OwnJob.of(machine::variable),
                atLimit,
                DrainTiming.withLimit(limit()));
    }

    private static DrainOwner owner(String stack, FleetConfig config) {
        return config.local()
                .map(local -> DrainOwner.local(stack, local.context()))
                .orElseGet(() -> DrainOwner.inCloud(stack, config.name(), config.project()));
    }

    private Duration limit() {
        return Durations.parse(limit)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--drain-limit must be a time such as 90m or 1h30m, got: " + limit));
    }

    private String reference(Project project) {
        return project.stack(arguments.stack()).reference();
    }

    private List<String> forPulumi() {
        var others = new ArrayList<>(arguments.others());
        others.addAll(configFile.forPulumi());
        return others;
    }

    private String resumeCommand() {
        return "./fleet up " + new ShellWord(arguments.stack()) + " --resume" + configFile.forFleet();
    }
}
