package io.buildkitefleet.operate;

import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.LocalConfig;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.registry.MirrorContents;
import io.buildkitefleet.registry.MirrorScript;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a deployment of a stack from this machine still lacks, in the order in which docs/first-deploy.md has the
 * steps, or docs/local.md for a local fleet.
 */
public final class Doctor {
    /** A question to Google that takes longer is not worth waiting for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Machine machine;
    private final Project project;

    public Doctor(Machine machine, Project project) {
        this.machine = machine;
        this.project = project;
    }

    /**
     * Looks at everything, and changes nothing.
     *
     * @param stack as its file says, without placeholders for secrets
     * @param fleet what it means
     * @param permissions what an update of it needs of Google
     */
    public List<Prerequisite> examine(Stack stack, Fleet fleet, List<Permission> permissions) {
        return fleet.config()
                .local()
                .map(local -> local(stack, fleet, local))
                .orElseGet(() -> inGoogleCloud(stack, fleet, permissions));
    }

    /** In the order of docs/local.md. */
    private List<Prerequisite> local(Stack stack, Fleet fleet, LocalConfig local) {
        var pulumi = new PulumiInstallation(machine, project.requiredPulumi()).examine();
        var checks = new ArrayList<Prerequisite>(pulumi);
        checks.add(new LocalCluster(machine, local.context()).examine());
        checks.addAll(new PulumiState(machine, new Gcloud(machine), project, stack, store(fleet), true)
                .examine(pulumi.get(0).isGood(), false));
        checks.addAll(anywhere(stack, fleet));
        return checks;
    }

    /** What every fleet needs. */
    private List<Prerequisite> anywhere(Stack stack, Fleet fleet) {
        var checks = new ArrayList<>(secrets(stack, fleet));
        checks.addAll(new BuildkiteSetup(machine, BuildkiteSetup.PATIENCE, Clock.systemUTC()).examine(fleet));
        MirrorContents.of(fleet, stack.fileName())
                .map(contents -> registryMirror(stack, contents))
                .ifPresent(checks::add);
        return checks;
    }

    private List<Prerequisite> inGoogleCloud(Stack stack, Fleet fleet, List<Permission> permissions) {
        var gcloud = new Gcloud(machine);
        var credentials = new Credentials(machine, gcloud, stack);
        var login = new GoogleLogin(machine, gcloud, credentials.needsGcloud());
        var pulumi = new PulumiInstallation(machine, project.requiredPulumi()).examine();
        var checks = new ArrayList<Prerequisite>();
        checks.add(login.tool());
        checks.add(authPlugin());
        checks.addAll(pulumi);
        var loggedIn = login.examine();
        var canAsk = loggedIn.isGood();
        checks.add(loggedIn);
        checks.add(credentials.examine());
        checks.addAll(new GoogleProject(gcloud, fleet.config().project()).examine(canAsk));
        checks.add(new HeldPermissions(machine, credentials, fleet.config().project(), PATIENCE)
                .examine(permissions, fleetCommand("roles", stack)));
        checks.addAll(new PulumiState(machine, gcloud, project, stack, store(fleet))
                .examine(pulumi.get(0).isGood(), canAsk));
        checks.addAll(anywhere(stack, fleet));
        checks.addAll(new Quotas(gcloud, fleet).examine(canAsk));
        checks.addAll(new ZoneMachines(gcloud, fleet).examine(canAsk));
        return checks;
    }

    private static StateStore store(Fleet fleet) {
        return StateStore.of(fleet.config());
    }

    private static String fleetCommand(String verb, Stack stack) {
        return "./fleet " + verb + " " + stack.selection().replaceFirst("^--stack ", "");
    }

    private Prerequisite authPlugin() {
        var name = "gke-gcloud-auth-plugin";
        return machine.find(name)
                .map(path -> Prerequisite.good(name, path.toString()))
                .orElseGet(() -> Prerequisite.missing(name, "install it", "gcloud components install " + name));
    }

    /** Looks with the script that fills it: that asks nobody but the mirror, and copies nothing. */
    private Prerequisite registryMirror(Stack stack, MirrorContents contents) {
        var what = "registry mirror";
        var command = fleetCommand("mirror", stack);
        if (machine.find("crane").isEmpty()) {
            return Prerequisite.unknown(
                    what, "crane, with which one looks, is not installed; elsewhere", command + " --check");
        }
        var look = new ShellScript(machine, "fleet mirror", MirrorScript.of(contents));
        return machine.output(look.command(List.of(MirrorScript.CHECK))).isPresent()
                ? Prerequisite.good(
                        what,
                        contents.address() + " has all " + contents.artifacts().size())
                : Prerequisite.missing(
                        what, contents.address() + " lacks something, or shows nothing; fill it", command + " --run");
    }

    private static List<Prerequisite> secrets(Stack stack, Fleet fleet) {
        return fleet.config().secretKeys().stream()
                .map(key -> stack.secretKeys().contains(FleetConfig.fullKey(key))
                        ? Prerequisite.good("secret " + key, "set in " + stack.fileName())
                        : unset(key, stack, fleet.config()))
                .toList();
    }

    /** What sets a secret of a stack, for whoever types its value then. */
    static String setSecret(String key, Stack stack) {
        return "pulumi config set --secret " + FleetConfig.fullKey(key) + " " + stack.selection();
    }

    private static Prerequisite unset(String key, Stack stack, FleetConfig config) {
        var what = "secret " + key;
        var misplaced = FleetConfig.misplaced(key, stack.secretKeys()).strip();
        var way = (misplaced.isEmpty() ? "" : misplaced + "; ")
                + config.originOf(key)
                        .map(page -> "make one on " + page + ", and ")
                        .orElse("")
                + "set it";
        return stack.environments().isEmpty()
                ? Prerequisite.missing(what, way, setSecret(key, stack))
                : Prerequisite.unknown(
                        what,
                        "not in " + stack.fileName() + "; environment: " + stack.environments() + " may have it, else "
                                + way,
                        setSecret(key, stack));
    }
}
