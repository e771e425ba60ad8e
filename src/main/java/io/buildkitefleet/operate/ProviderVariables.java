package io.buildkitefleet.operate;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Variables by which Pulumi's Google provider acts as somebody, and gke-gcloud-auth-plugin does not, so that half of
 * the fleet would be made as another account.
 *
 * @see <a href="https://registry.terraform.io/providers/hashicorp/google/latest/docs/guides/provider_reference">what
 *     the provider reads</a>
 */
public final class ProviderVariables {
    private static final List<String> NAMES = List.of(
            "GOOGLE_CREDENTIALS",
            "GOOGLE_CLOUD_KEYFILE_JSON",
            "GCLOUD_KEYFILE_JSON",
            "GOOGLE_OAUTH_ACCESS_TOKEN",
            "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT");

    private ProviderVariables() {}

    /** Those of them that are set. */
    static List<String> set(Function<String, Optional<String>> variable) {
        return NAMES.stream().filter(name -> variable.apply(name).isPresent()).toList();
    }

    /** What is wrong with them, and what to do instead. */
    static String flaw(List<String> names) {
        return String.join(" and ", names) + (names.size() == 1 ? " counts" : " count")
                + " for Google's half of the fleet and not in the cluster; unset it, and log in, or name a "
                + "file in GOOGLE_APPLICATION_CREDENTIALS";
    }

    /**
     * Why a fleet in Google Cloud is not deployed with the variables of a machine; empty if it may be.
     *
     * @param variable the value of a variable, none if it is not set or empty
     */
    public static Optional<String> refusal(Function<String, Optional<String>> variable) {
        return Optional.of(set(variable))
                .filter(names -> !names.isEmpty())
                .map(
                        names -> flaw(names)
                                + "; to act as a service account in both: pulumi config set gcp:impersonateServiceAccount ACCOUNT");
    }
}
