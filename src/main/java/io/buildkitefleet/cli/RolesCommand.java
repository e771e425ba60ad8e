package io.buildkitefleet.cli;

import io.buildkitefleet.cloud.DeployerRole;
import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.output.AtomicFile;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.report.text.PermissionTable;
import io.buildkitefleet.report.text.RoleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What whoever deploys a stack has to be allowed at Google. */
@Command(
        name = "roles",
        description = {
            "Show which permissions at Google a stack's preview and update need, and of which resources, or print "
                    + "a custom role of them for gcloud iam roles create --file (docs/deployer.md)."
        })
final class RolesCommand implements Callable<Integer> {
    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STACK", description = "The environment: dev for Pulumi.dev.yaml.")
    private String stackName;

    @Mixin
    private ConfigFile configFile;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Print a custom role, as YAML: preview (it only reads) or up.")
    private DeployerRole role;

    @Option(names = "--out", paramLabel = "FILE", description = "Write it to a file.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        var text = text(fleetCommand.previews(configFile).of(stackName));
        if (out != null) {
            AtomicFile.write("--out", out, file -> file.write(text));
            return 0;
        }
        var console = spec.commandLine().getOut();
        console.print(text);
        console.flush();
        return 0;
    }

    /** The types of the resources that a stack has. */
    static List<String> types(StackPreview preview) {
        return preview.plan().registrations().stream()
                .filter(Registration::custom)
                .map(Registration::type)
                .toList();
    }

    private static void requireGoogleCloud(StackPreview preview) {
        if (preview.fleet().isLocal()) {
            throw new ProjectException(preview.plan().stack().fileName()
                    + ": a local fleet has nothing in Google Cloud, so nobody needs a permission there");
        }
    }

    private String text(StackPreview preview) {
        requireGoogleCloud(preview);
        var permissions = Permission.of(types(preview));
        return role == null
                ? PermissionTable.text(permissions)
                : RoleFile.text(role, preview.fleet().config().name(), permissions);
    }
}
