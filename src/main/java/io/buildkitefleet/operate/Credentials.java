package io.buildkitefleet.operate;

import io.buildkitefleet.config.GoogleSettings;
import io.buildkitefleet.pulumi.Stack;
import java.nio.file.Path;
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
    static final String LOGIN = "gcloud auth application-default login";

    private static final String IMPERSONATE = "--impersonate-service-account";

    private final Machine machine;
    private final Gcloud gcloud;
    private final Optional<String> serviceAccount;
    private Optional<Reply> token = Optional.empty();

    Credentials(Machine machine, Gcloud gcloud, Stack stack) {
        this.machine = machine;
        this.gcloud = gcloud;
        this.serviceAccount =
                Optional.ofNullable(stack.config().get(GoogleSettings.NAMESPACE + GoogleSettings.IMPERSONATE));
    }

    /** Whether only gcloud's own login opens the cluster. */
    boolean needsGcloud() {
        return serviceAccount.isPresent() || !machine.canRead(file());
    }

    Prerequisite examine() {
        var ofOneHalf = ProviderVariables.set(machine::variable);
        if (!ofOneHalf.isEmpty()) {
            return Prerequisite.missing(
                    WHAT, ProviderVariables.flaw(ofOneHalf), "unset " + String.join(" ", ofOneHalf) + "; " + LOGIN);
        }
        if (!machine.canRead(file())) {
            return Prerequisite.missing(WHAT, "log in", LOGIN);
        }
        return serviceAccount.map(this::impersonated).orElseGet(this::ownLogin);
    }

    /** Whether a service account acts, which the stack names. */
    boolean isServiceAccount() {
        return serviceAccount.isPresent();
    }

    /** A token of whoever deploys, or why there is none. Asked once. */
    Reply token() {
        if (token.isEmpty()) {
            token = Optional.of(askForToken());
        }
        return token.get();
    }

    private Reply askForToken() {
        if (!machine.canRead(file())) {
            return new Reply.Refused("nobody is logged in");
        }
        return serviceAccount
                .map(account -> gcloud.ask("auth", "print-access-token", IMPERSONATE, account))
                .orElseGet(() -> gcloud.ask("auth", "application-default", "print-access-token"));
    }

    /** A file may be there and no longer open anything: a login ends, and so does a key. */
    private Prerequisite ownLogin() {
        if (!gcloud.isInstalled()) {
            return Prerequisite.good(WHAT, file() + ", not tried, that takes gcloud");
        }
        if (token() instanceof Reply.Said) {
            return Prerequisite.good(WHAT, file().toString());
        }
        return token() instanceof Reply.Refused
                ? Prerequisite.missing(WHAT, file() + " opens nothing (" + token().reason() + "); log in again", LOGIN)
                : Prerequisite.unknown(
                        WHAT,
                        file() + " is there, and was not tried: " + token().reason() + "; try it yourself",
                        "gcloud auth application-default print-access-token >/dev/null");
    }

    /** The plugin acts as a service account with gcloud's own login alone, which may be somebody else's. */
    private Prerequisite impersonated(String account) {
        if (!gcloud.isInstalled()) {
            return Prerequisite.missing(
                    WHAT,
                    "the cluster is asked as " + account + " through gcloud, which is not installed",
                    Gcloud.INSTALL);
        }
        if (token() instanceof Reply.Late) {
            return Prerequisite.unknown(
                    WHAT,
                    "whether gcloud's login may act as " + account + " is not known: " + token().reason()
                            + "; try it yourself",
                    "gcloud auth print-access-token " + IMPERSONATE + " " + account + " >/dev/null");
        }
        return token() instanceof Reply.Said
                ? Prerequisite.good(WHAT, file() + ", and gcloud's login, both as " + account)
                : Prerequisite.missing(
                        WHAT,
                        "gcloud's login may not act as " + account + " (" + token().reason()
                                + "); it needs roles/iam.serviceAccountTokenCreator on it; or log in as somebody else",
                        GoogleLogin.COMMAND);
    }

    private Path file() {
        return machine.variable("GOOGLE_APPLICATION_CREDENTIALS").map(Path::of).orElseGet(this::applicationDefault);
    }

    private Path applicationDefault() {
        var directory = machine.variable("CLOUDSDK_CONFIG")
                .map(Path::of)
                .orElseGet(() -> Path.of(machine.variable("HOME").orElse(""), ".config", "gcloud"));
        return directory.resolve("application_default_credentials.json");
    }

    /** What makes a project pay for what the login asks APIs that are no project's. */
    static String quotaProjectCommand(String project) {
        return "gcloud auth application-default set-quota-project " + project;
    }
}
