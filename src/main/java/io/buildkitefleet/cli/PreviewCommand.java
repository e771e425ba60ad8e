package io.buildkitefleet.cli;

import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.operate.Handover;
import io.buildkitefleet.operate.LocalMachine;
import io.buildkitefleet.output.AtomicFile;
import io.buildkitefleet.output.OwnDirectory;
import io.buildkitefleet.plan.PlanFile;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.report.scanner.Manifests;
import io.buildkitefleet.report.scanner.TerraformPlan;
import io.buildkitefleet.report.text.PlanText;
import io.buildkitefleet.rules.Waivers;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What {@code pulumi up} would create, without an account and without Pulumi. */
@Command(
        name = "preview",
        description = "Show what pulumi up would create in an empty project. Needs no cloud account and no Pulumi.")
final class PreviewCommand implements Callable<Integer> {
    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PulumiArguments arguments;

    @Mixin
    private ConfigFile configFile;

    @Option(names = "--engine", description = "Ask Pulumi instead, which compares with what is in the cloud.")
    private boolean engine;

    @Option(
            names = "--isolated",
            description = "Run the program in a process of its own, as Pulumi does. The plan is the same.")
    private boolean isolated;

    @Option(names = "--json", description = "Print the plan in the shape of pulumi preview --json.")
    private boolean json;

    @Option(
            names = "--terraform",
            description =
                    "Print what is made in Google Cloud as a Terraform plan in JSON, for scanners that read those.")
    private boolean terraform;

    @Option(names = "--summary", description = "Leave out the tree: queues, quotas, cost and what comes next.")
    private boolean summary;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Keep the plan in a file, in the shape of --json, or of --terraform with that.")
    private Path out;

    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            description = {
                "Write what is made in the cluster to a directory, as manifests for tools that read those: one file for",
                "each object, with the controller of each queue and the Job of a plain step on it. The directory holds",
                "nothing else; the next run replaces what is there."
            })
    private Path manifests;

    @Override
    public Integer call() throws IOException {
        if (engine) {
            return withPulumi(configFile.in(fleetCommand.project()));
        }
        refuseWhatIsNotForUs();
        var directory =
                Optional.ofNullable(manifests).map(path -> OwnDirectory.of("--manifests", path, Manifests.MARK));
        var previews = isolated ? fleetCommand.isolatedPreviews(configFile) : fleetCommand.previews(configFile);
        var stack = arguments.stack();
        var since = isForPeople() ? Optional.of(SinceBranch.begin(previews)) : Optional.<SinceBranch>empty();
        var preview = fleetCommand.progress().during("previewing " + stack, () -> previews.of(stack));
        warnOfWaivers(preview);
        if (out != null) {
            AtomicFile.write("--out", out, file -> write(preview, file));
        }
        directory.ifPresent(own -> own.replace(Manifests.of(preview.plan())));
        var console = spec.commandLine().getOut();
        if (terraform || json) {
            write(preview, console);
        } else {
            console.print(summary ? PlanText.summary(preview, Ansi.AUTO) : PlanText.of(preview, Ansi.AUTO));
            if (since.isPresent()) {
                console.print(since.get().line(preview));
            }
        }
        console.flush();
        return 0;
    }

    /** Whether what is printed is read, and is about the stack's file as git knows it. */
    private boolean isForPeople() {
        return !json && !terraform && !configFile.isGiven();
    }

    /** What check refuses does not stop a preview, but whoever previews is told. */
    private void warnOfWaivers(StackPreview preview) {
        try {
            Waivers.of("", preview.fleet().config().waivers(), fleetCommand.today());
        } catch (ConfigException wrong) {
            FleetCommand.warn(spec, wrong.problems());
        }
    }

    /** A scanner that is given the file must not find a form that it passes over. */
    private void write(StackPreview preview, Writer to) throws IOException {
        if (terraform) {
            PlanJson.write(TerraformPlan.of(preview.plan()), to);
        } else {
            PlanFile.write(preview, to);
        }
    }

    private int withPulumi(Project project) {
        var stack = project.stack(arguments.stack());
        var others = new ArrayList<>(arguments.others());
        others.addAll(configFile.forPulumi());
        if (json) {
            others.add("--json");
        }
        if (out != null || terraform || summary || manifests != null || isolated) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--out, --terraform, --summary, --manifests and --isolated are not for --engine; Pulumi has "
                            + "--save-plan FILE");
        }
        var machine = new LocalMachine();
        PulumiArguments.checkAccount(machine, stack);
        return new Handover(machine, project).run("preview", stack.reference(), others);
    }

    private void refuseWhatIsNotForUs() {
        if (Stream.of(json, terraform, summary).filter(given -> given).count() > 1) {
            throw new ParameterException(spec.commandLine(), "choose one of --json, --terraform and --summary");
        }
        if (!arguments.options().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    arguments.options().stream()
                            .map(option -> UsageError.unknownOption(spec, option))
                            .collect(Collectors.joining("\n", "", "; Pulumi's own options need --engine")));
        }
        if (!arguments.others().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "preview takes one stack, got: " + arguments.stack() + " " + String.join(" ", arguments.others()));
        }
    }
}
