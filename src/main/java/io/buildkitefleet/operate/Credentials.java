package io.buildkitefleet.operate;

import io.buildkitefleet.config.GoogleSettings;
import io.buildkitefleet.pulumi.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * As whom a deployment acts. Google's half takes what Pulumi's provider finds, the Kubernetes half what
 * gke-gcloud-auth-plugin does, and the two should be one.
 *
 * @see <a href="https://cloud.google.com/docs/authentication/application-default-credentials">Where Google's libraries
 *     look</a>
 */
final class Credentials {
    private static final String WHAT = "Google credentials";

    /**
     * What the provider reads and the plugin does not:
     * https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/provider_reference
     */
    private static final List<String> OF_ONE_HALF = List.of(
            "GOOGLE_CREDENTIALS",
            "GOOGLE_CLOUD_KEYFILE_JSON",
            "GCLOUD_KEYFILE_JSON",
            "GOOGLE_OAUTH_ACCESS_TOKEN",
            "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT");

    private final Machine machine;
    private final Optional<String> serviceAccount;

    Credentials(Machine machine, Stack stack) {
        this.machine = machine;
        this.serviceAccount =
                Optional.ofNullable(stack.config().get(GoogleSettings.NAMESPACE + GoogleSettings.IMPERSONATE));
    }

    Prerequisite examine() {
        var ofOneHalf = OF_ONE_HALF.stream()
                .filter(name -> machine.variable(name).isPresent())
                .toList();
        if (!ofOneHalf.isEmpty()) {
            return Prerequisite.missing(
                    WHAT,
                    String.join(" and ", ofOneHalf) + (ofOneHalf.size() == 1 ? " counts" : " count")
                            + " for Google's half of the fleet and not in the cluster; unset it, and log in: "
                            + "gcloud auth application-default login, or name a file in GOOGLE_APPLICATION_CREDENTIALS");
        }
        var file =
                machine.variable("GOOGLE_APPLICATION_CREDENTIALS").map(Path::of).orElseGet(this::applicationDefault);
        if (!machine.canRead(file)) {
            return Prerequisite.missing(WHAT, "log in: gcloud auth application-default login");
        }
        return serviceAccount
                .map(account -> impersonated(file, account))
                .orElseGet(() -> Prerequisite.good(WHAT, file.toString()));
    }

    /** The plugin acts as a service account with gcloud's own login alone, which may be somebody else's. */
    private Prerequisite impersonated(Path file, String account) {
        if (machine.find("gcloud").isEmpty()) {
            return Prerequisite.missing(
                    WHAT, "the cluster is asked as " + account + " through gcloud, which is not installed");
        }
        var mayImpersonate = machine.output(
                        List.of("gcloud", "projects", "list", "--limit=1", "--impersonate-service-account", account))
                .isPresent();
        return mayImpersonate
                ? Prerequisite.good(WHAT, file + ", and gcloud's login, both as " + account)
                : Prerequisite.missing(
                        WHAT,
                        "gcloud's login may not act as " + account + "; log in: gcloud auth login, and have "
                                + "roles/iam.serviceAccountTokenCreator on it");
    }

    private Path applicationDefault() {
        var directory = machine.variable("CLOUDSDK_CONFIG")
                .map(Path::of)
                .orElseGet(() -> Path.of(machine.variable("HOME").orElse(""), ".config", "gcloud"));
        return directory.resolve("application_default_credentials.json");
    }
}
