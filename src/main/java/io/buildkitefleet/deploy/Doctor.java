package io.buildkitefleet.deploy;

import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.preview.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds what a deployment of a stack from this machine still lacks. */
public final class Doctor {
    private final Machine machine;

    public Doctor(Machine machine) {
        this.machine = machine;
    }

    /**
     * Looks at everything, and changes nothing.
     *
     * @param stack as its file says, without placeholders for secrets
     * @param fleet what it means
     */
    public List<Check> examine(Stack stack, Fleet fleet) {
        var checks = new ArrayList<Check>();
        checks.addAll(new PulumiInstallation(machine).examine());
        checks.add(authPlugin());
        checks.addAll(secrets(stack, fleet));
        var credentials = credentials();
        checks.add(credentials);
        checks.addAll(new ProjectState(machine, fleet).examine(credentials.status() == Check.Status.GOOD));
        return checks;
    }

    private Check authPlugin() {
        return machine.find("gke-gcloud-auth-plugin")
                .map(path -> Check.good("gke-gcloud-auth-plugin", path.toString()))
                .orElseGet(() -> Check.missing(
                        "gke-gcloud-auth-plugin", "install it: gcloud components install gke-gcloud-auth-plugin"));
    }

    private static List<Check> secrets(Stack stack, Fleet fleet) {
        return fleet.config().secretKeys().stream()
                .map(key -> stack.secretKeys().contains(FleetConfigReader.NAMESPACE + key)
                        ? Check.good("secret " + key, "set in Pulumi." + stack.name() + ".yaml")
                        : Check.missing(
                                "secret " + key,
                                "set it: pulumi config set --secret " + key + " --stack " + stack.name()))
                .toList();
    }

    /** Where Google's libraries look: https://cloud.google.com/docs/authentication/application-default-credentials */
    private Check credentials() {
        for (var name : List.of("GOOGLE_CREDENTIALS", "GOOGLE_OAUTH_ACCESS_TOKEN")) {
            if (machine.variable(name).isPresent()) {
                return Check.good("Google credentials", "from " + name);
            }
        }
        var file =
                machine.variable("GOOGLE_APPLICATION_CREDENTIALS").map(Path::of).orElseGet(this::applicationDefault);
        return machine.canRead(file)
                ? Check.good("Google credentials", file.toString())
                : Check.missing("Google credentials", "log in: gcloud auth application-default login");
    }

    private Path applicationDefault() {
        var directory = machine.variable("CLOUDSDK_CONFIG")
                .map(Path::of)
                .orElseGet(() -> Path.of(machine.variable("HOME").orElse(""), ".config", "gcloud"));
        return directory.resolve("application_default_credentials.json");
    }
}
