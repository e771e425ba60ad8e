package io.buildkitefleet.cli;

import io.buildkitefleet.operate.LocalMachine;
import io.buildkitefleet.operate.OperateException;
import io.buildkitefleet.operate.ShellScript;
import io.buildkitefleet.output.AtomicFile;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.registry.MirrorContents;
import io.buildkitefleet.registry.MirrorScript;
import io.buildkitefleet.report.json.MirrorJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What fills the registry that a stack's chart and images come from. */
@Command(
        name = "mirror",
        description = {
            "Print a script that copies a stack's chart and images to its registryMirror and checks their digests, or "
                    + "run it. It needs crane and a login at the mirror."
        })
final class MirrorCommand implements Callable<Integer> {
    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STACK", description = "The environment: dev for Pulumi.dev.yaml.")
    private String stackName;

    @Mixin
    private ConfigFile configFile;

    @Option(names = "--run", description = "Run it: copy what is not there yet, then check.")
    private boolean run;

    @Option(names = "--check", description = "Run its checks only. Nothing is copied; exit code 1 if a digest differs.")
    private boolean check;

    @Option(names = "--json", description = "Print what is copied to where, for tools.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the script, or with --json that, to a file.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        if (Stream.of(run, check, json || out != null).filter(chosen -> chosen).count() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "choose one: --run, --check, or the script or --json with or without --out");
        }
        var contents = contents(configFile.in(fleetCommand.project()));
        if (run || check) {
            return new ShellScript(new LocalMachine(), "fleet mirror", MirrorScript.of(contents))
                    .run(check ? List.of(MirrorScript.CHECK) : List.of());
        }
        if (out != null) {
            AtomicFile.write("--out", out, file -> write(contents, file));
            return 0;
        }
        var console = spec.commandLine().getOut();
        write(contents, console);
        console.flush();
        return 0;
    }

    private MirrorContents contents(Project project) {
        var stack = project.stack(stackName);
        var fleet = Previews.fleetOf(project, stack);
        return MirrorContents.of(fleet, stack.fileName())
                .orElseThrow(() -> new OperateException(stack.fileName()
                        + " names no mirror to fill; set registryMirror of the fleet there, such as "
                        + (fleet.isLocal()
                                ? "registry.example.com/ci: one that the nodes of your cluster may read, and none of"
                                        + " Google's"
                                : "us-docker.pkg.dev/PROJECT/REPOSITORY")
                        + " (docs/registry-mirror.md)"));
    }

    private void write(MirrorContents contents, Writer to) throws IOException {
        if (json) {
            PlanJson.write(MirrorJson.of(contents), to);
        } else {
            to.write(MirrorScript.of(contents));
        }
    }
}
