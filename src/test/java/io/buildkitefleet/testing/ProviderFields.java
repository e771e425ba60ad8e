package io.buildkitefleet.testing;

import com.google.gson.Gson;
import com.google.protobuf.Value;
import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.resources.ResourceTypes;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Google's provider says of each field of a resource: the schemas of <a
 * href="https://github.com/hashicorp/terraform-provider-google-beta/tree/v7.45.0/google-beta/services">google-beta
 * 7.45.0</a>, which Pulumi's gcp 9.35.0 wraps. By Terraform's path of a field, {@code R} required, {@code O} optional,
 * {@code C} computed by Google, {@code F} a change replaces the resource, {@code D} deprecated.
 */
public final class ProviderFields {
    private static final Schemas SCHEMAS = read();

    /** What Google's provider replaces by some changes only, which its fields do not say. */
    private static final Map<String, Set<String>> REPLACED_BY_CODE = Map.of(
            // customdiff.ForceNewIfChange with isShrinkageIpCidr; a test's range never grows.
            "google_compute_subnetwork", Set.of("ip_cidr_range"));

    /** What Pulumi calls by another name than Terraform. */
    private static final Map<String, String> RENAMED = Map.of("pulumiLabels", "terraform_labels");

    private static final Pattern WORD = Pattern.compile("([a-z0-9])([A-Z])");

    private record Schemas(String source, Map<String, Map<String, String>> types) {}

    private ProviderFields() {}

    /**
     * Whether a change replaces the resource.
     *
     * @param path as Pulumi names it, for example {@code nodeConfig.taints[0].key}
     * @param value what was or will be there, if it comes or goes as a whole
     */
    public static boolean replaces(String token, String path, Value value) {
        var type = terraformType(token);
        var fields = fields(token);
        var place = place(fields, path);
        if (REPLACED_BY_CODE.getOrDefault(type, Set.of()).contains(place)) {
            return true;
        }
        return flags(fields, place).contains("F") || anyBelow(fields, place, value);
    }

    /** Whether a change of a value that has none inside replaces the resource. */
    public static boolean replaces(String token, String path) {
        return replaces(token, path, Value.getDefaultInstance());
    }

    /** Whether Google may choose a value where none is asked for. */
    public static boolean isComputed(String token, String path) {
        return flags(fields(token), placeOf(token, path)).contains("C");
    }

    /**
     * Terraform's path of a field; of a key in a map, the map's. Empty if the type has no such field.
     *
     * @param path as Pulumi names it, for example {@code nodeConfig.taints[0].key}
     */
    public static String placeOf(String token, String path) {
        return place(fields(token), path);
    }

    /** Where the list is from. */
    public static String source() {
        return SCHEMAS.source();
    }

    /** The flags of each field by its path, by Terraform's name of the type. */
    public static Map<String, Map<String, String>> byType() {
        return SCHEMAS.types();
    }

    /** The paths of a resource's fields, by Terraform's name of its type; none for a type that is not in the list. */
    public static Optional<Set<String>> namesOf(String terraformType) {
        return Optional.ofNullable(SCHEMAS.types().get(terraformType)).map(Map::keySet);
    }

    private static String terraformType(String token) {
        return ResourceTypes.of(token)
                .flatMap(ResourceType::terraformName)
                .orElseThrow(() -> new AssertionError("no name of Terraform's is known for " + token));
    }

    private static Map<String, String> fields(String token) {
        var type = terraformType(token);
        return Optional.ofNullable(SCHEMAS.types().get(type))
                .orElseThrow(() -> new AssertionError("the fields of " + type + " are not in the provider's list"));
    }

    /** Terraform's name of a place: without indexes, and in the singular for a block that is repeated. */
    private static String place(Map<String, String> fields, String path) {
        var place = "";
        for (var step : path.replaceAll("\\[[^]]*]", "").split("\\.")) {
            var name = RENAMED.getOrDefault(step, snake(step));
            var plain = place.isEmpty() ? name : place + "." + name;
            if (fields.containsKey(plain)) {
                place = plain;
            } else if (fields.containsKey(singular(plain))) {
                place = singular(plain);
            } else {
                // A key of a map: the map's own flags hold.
                return place;
            }
        }
        return place;
    }

    private static String singular(String plural) {
        return plural.endsWith("ies") ? plural.replaceAll("ies$", "y") : plural.replaceAll("s$", "");
    }

    private static String flags(Map<String, String> fields, String place) {
        return fields.getOrDefault(place, "");
    }

    /** A block that comes or goes replaces the resource if a field that it sets does. */
    private static boolean anyBelow(Map<String, String> fields, String place, Value value) {
        if (value.hasListValue()) {
            return value.getListValue().getValuesList().stream().anyMatch(item -> anyBelow(fields, place, item));
        }
        return value.hasStructValue()
                && value.getStructValue().getFieldsMap().entrySet().stream().anyMatch(field -> {
                    var below = place(fields, place + "." + field.getKey());
                    return !below.equals(place)
                            && (flags(fields, below).contains("F") || anyBelow(fields, below, field.getValue()));
                });
    }

    private static String snake(String name) {
        return WORD.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    }

    private static Schemas read() {
        var file = "/providers/google-beta-7.45.0-fields.json";
        try (var text = new InputStreamReader(ProviderFields.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            return new Gson().fromJson(text, Schemas.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
