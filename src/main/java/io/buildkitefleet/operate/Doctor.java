package io.buildkitefleet.operate;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.pulumi.VersionRange;
import io.buildkitefleet.registry.MirrorContents;
import io.buildkitefleet.registry.MirrorScript;
import java.util.ArrayList;
import java.util.List;

/** Finds what a deployment of a stack from this machine still lacks. */
public final class Doctor {
    private final Machine machine;
    private final VersionRange requiredPulumi;

    public Doctor(Machine machine, Project project) {
        this.machine = machine;
        this.requiredPulumi = project.requiredPulumi();
    }

    /**
     * Looks at everything, and changes nothing.
     *
     * @param stack as its file says, without placeholders for secrets
     * @param fleet what it means
     */
    public List<Prerequisite> examine(Stack stack, Fleet fleet) {
        var checks = new ArrayList<Prerequisite>();
        checks.addAll(new PulumiInstallation(machine, requiredPulumi).examine());
        checks.add(authPlugin());
        checks.addAll(secrets(stack, fleet));
        MirrorContents.of(fleet, stack.fileName())
                .map(contents -> registryMirror(stack, contents))
                .ifPresent(checks::add);
        var credentials = new Credentials(machine, stack).examine();
        checks.add(credentials);
        checks.addAll(new ProjectState(machine, fleet).examine(credentials.status() == Prerequisite.Status.GOOD));
        return checks;
    }

    private Prerequisite authPlugin() {
        return machine.find("gke-gcloud-auth-plugin")
                .map(path -> Prerequisite.good("gke-gcloud-auth-plugin", path.toString()))
                .orElseGet(() -> Prerequisite.missing(
                        "gke-gcloud-auth-plugin", "install it: gcloud components install gke-gcloud-auth-plugin"));
    }

    /** Looks with the script that fills it: that asks nobody but the mirror, and copies nothing. */
    private Prerequisite registryMirror(Stack stack, MirrorContents contents) {
        var what = "registry mirror";
        var command = "./fleet mirror " + stack.selection().replaceFirst("^--stack ", "");
        if (machine.find("crane").isEmpty()) {
            return Prerequisite.unknown(
                    what, "crane, with which one looks, is not installed; elsewhere: " + command + " --check");
        }
        var look = new ShellScript(machine, "fleet mirror", MirrorScript.of(contents));
        return machine.output(look.command(List.of(MirrorScript.CHECK))).isPresent()
                ? Prerequisite.good(
                        what,
                        contents.address() + " has all " + contents.artifacts().size())
                : Prerequisite.missing(
                        what,
                        contents.address() + " lacks something, or shows nothing; fill it: " + command + " --run");
    }

    private static List<Prerequisite> secrets(Stack stack, Fleet fleet) {
        return fleet.config().secretKeys().stream()
                .map(key -> stack.secretKeys().contains(FleetConfig.fullKey(key))
                        ? Prerequisite.good("secret " + key, "set in " + stack.fileName())
                        : missing(key, stack, fleet.config()))
                .toList();
    }

    private static Prerequisite missing(String key, Stack stack, FleetConfig config) {
        var misplaced = FleetConfig.misplaced(key, stack.secretKeys()).strip();
        var way = (misplaced.isEmpty() ? "" : misplaced + "; ")
                + config.originOf(key)
                        .map(page -> "make one on " + page + ", and ")
                        .orElse("")
                + "set it: pulumi config set --secret " + FleetConfig.fullKey(key) + " " + stack.selection();
        return stack.environments().isEmpty()
                ? Prerequisite.missing("secret " + key, way)
                : Prerequisite.unknown(
                        "secret " + key,
                        "not in " + stack.fileName() + "; environment: " + stack.environments() + " may have it, else "
                                + way);
    }
}
