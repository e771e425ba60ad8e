package io.buildkitefleet.report.scanner;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Terraform calls what Pulumi's gcp provider, which is made from Terraform's, calls otherwise.
 *
 * @see <a href="https://github.com/pulumi/pulumi-gcp/blob/v7.0.0/provider/resources.go">the provider's own table</a>
 */
final class TerraformNames {
    /** What a type's name begins with, by the module of its token. */
    private static final Map<String, String> PREFIXES = Map.of(
            "artifactregistry", "google_artifact_registry_",
            "binaryauthorization", "google_binary_authorization_",
            "compute", "google_compute_",
            "container", "google_container_",
            "kms", "google_kms_",
            "projects", "google_project_",
            "secretmanager", "google_secret_manager_",
            "serviceaccount", "google_service_account_",
            "storage", "google_storage_");

    private static final Map<String, String> ODD_TYPES =
            Map.of("google_service_account_account", "google_service_account");

    /** Blocks that may be repeated, which Pulumi names in the plural. */
    private static final Map<String, String> SINGULARS = Map.of(
            "allows", "allow",
            "denies", "deny",
            "taints", "taint",
            "guest_accelerators", "guest_accelerator",
            "lifecycle_rules", "lifecycle_rule",
            "maintenance_exclusions", "maintenance_exclusion",
            "node_pools", "node_pool",
            "resource_limits", "resource_limits",
            "secondary_ip_ranges", "secondary_ip_range");

    /** Maps whose keys a person chooses. */
    private static final Set<String> OWN_KEYS = Set.of("labels", "resourceLabels", "metadata");

    private static final Pattern WORD = Pattern.compile("([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])");

    private TerraformNames() {}

    /** {@code gcp:container/nodePool:NodePool} is google_container_node_pool; nothing for another provider's type. */
    static Optional<String> type(String token) {
        var parts = token.split("[:/]");
        if (!parts[0].equals("gcp") || parts.length != 4 || !PREFIXES.containsKey(parts[1])) {
            return Optional.empty();
        }
        var type = PREFIXES.get(parts[1]) + snake(parts[3]);
        return Optional.of(ODD_TYPES.getOrDefault(type, type));
    }

    /** {@code lifecycleRules} is lifecycle_rule. */
    static String attribute(String property) {
        var name = snake(property);
        return SINGULARS.getOrDefault(name, name);
    }

    static boolean hasOwnKeys(String property) {
        return OWN_KEYS.contains(property);
    }

    private static String snake(String name) {
        return WORD.matcher(name)
                .replaceAll(word -> word.group(1) != null
                        ? word.group(1) + "_" + word.group(2)
                        : word.group(3) + "_" + word.group(4))
                .toLowerCase(Locale.ROOT);
    }
}
