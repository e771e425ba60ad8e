package io.buildkitefleet.deploy;

import com.pulumi.automation.AutomationException;
import com.pulumi.automation.LocalPulumiCommand;
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
        checks.add(pulumi());
        checks.add(javaSupport());
        checks.add(authPlugin());
        checks.addAll(secrets(stack, fleet));
        var credentials = credentials();
        checks.add(credentials);
        checks.addAll(new ProjectState(machine, fleet).examine(credentials.status() == Check.Status.GOOD));
        return checks;
    }

    private Check pulumi() {
        var path = machine.find("pulumi");
        if (path.isEmpty()) {
            return Check.missing(
                    "pulumi", "install it: https://www.pulumi.com/docs/install/, or build it: tools/install pulumi");
        }
        try {
            return Check.good("pulumi", LocalPulumiCommand.create().version() + " at " + path.get());
        } catch (AutomationException unusable) {
            return Check.missing("pulumi", path.get() + " can't be used: " + firstLine(unusable.getMessage()));
        }
    }

    private Check javaSupport() {
        return machine.find("pulumi-language-java")
                .map(path -> Check.good("Pulumi's Java support", path.toString()))
                .orElseGet(
                        () -> Check.missing(
                                "Pulumi's Java support",
                                "pulumi-language-java comes with Pulumi; put the directory of the whole installation on the PATH"));
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

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("it does not say why");
    }
}
