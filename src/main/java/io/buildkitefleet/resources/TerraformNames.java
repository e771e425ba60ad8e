package io.buildkitefleet.resources;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What Terraform calls the inputs that Pulumi's gcp provider, which is made from Terraform's, calls otherwise. */
public final class TerraformNames {
    /** Lists, which Pulumi names in the plural. */
    private static final Map<String, String> SINGULARS = Map.ofEntries(
            Map.entry("advanced_datapath_observability_configs", "advanced_datapath_observability_config"),
            Map.entry("allows", "allow"),
            Map.entry("denies", "deny"),
            Map.entry("event_types", "event_type"),
            Map.entry("guest_accelerators", "guest_accelerator"),
            Map.entry("lifecycle_rules", "lifecycle_rule"),
            Map.entry("maintenance_exclusions", "maintenance_exclusion"),
            Map.entry("matches_prefixes", "matches_prefix"),
            Map.entry("matches_storage_classes", "matches_storage_class"),
            Map.entry("matches_suffixes", "matches_suffix"),
            Map.entry("methods", "method"),
            Map.entry("node_affinities", "node_affinity"),
            Map.entry("node_pools", "node_pool"),
            Map.entry("origins", "origin"),
            Map.entry("response_headers", "response_header"),
            Map.entry("secondary_ip_ranges", "secondary_ip_range"),
            Map.entry("source_ip_ranges_to_nats", "source_ip_ranges_to_nat"),
            Map.entry("subnetworks", "subnetwork"),
            Map.entry("taints", "taint"));

    /** Maps whose keys a person chooses. */
    private static final Set<String> OWN_KEYS = Set.of("labels", "resourceLabels", "metadata");

    private static final Pattern WORD = Pattern.compile("([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])");

    private TerraformNames() {}

    /** {@code lifecycleRules} is {@code lifecycle_rule}. */
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
