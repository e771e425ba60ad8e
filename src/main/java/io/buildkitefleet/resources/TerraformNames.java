package io.buildkitefleet.resources;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Terraform calls the inputs of what Pulumi's gcp provider, which is made from Terraform's, calls otherwise.
 *
 * @see <a href="https://github.com/pulumi/pulumi-gcp/blob/v7.0.0/provider/resources.go">the provider's own table</a>
 */
public final class TerraformNames {
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

    /** {@code lifecycleRules} is lifecycle_rule. */
    public static String attribute(String property) {
        var name = snake(property);
        return SINGULARS.getOrDefault(name, name);
    }

    public static boolean hasOwnKeys(String property) {
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
