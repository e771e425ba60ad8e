package io.buildkitefleet.resources;

import com.google.gson.Gson;
import io.buildkitefleet.text.BundledFile;
import java.util.Arrays;
import java.util.Map;

/**
 * What Google's provider itself sets where nothing was asked.
 *
 * @param source where the list is from
 * @param types values as text by Terraform's name of a type and the path of an input in Pulumi, without places in lists
 */
public record GoogleDefaults(String source, Map<String, Map<String, String>> types) {
    public static final GoogleDefaults LIST =
            new Gson().fromJson(BundledFile.text("/resource-types/google-defaults.json"), GoogleDefaults.class);

    /**
     * Whether it sets this value.
     *
     * @param token the type in Pulumi
     * @param path of the input in Pulumi, without places in lists
     * @param value as text
     */
    public boolean has(String token, String path, String value) {
        return Arrays.stream(GoogleType.values())
                .filter(type -> type.token().equals(token))
                .map(type -> types.getOrDefault(type.entry().terraformName(), Map.of())
                        .get(path))
                .anyMatch(value::equals);
    }
}
