package io.buildkitefleet.resources;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which changes of a resource's inputs replace it: what the list of Google's fields says, which stands in
 * {@code src/main/resources/replacements}, and what the entries add to it.
 */
public final class Replacements {
    private static final String GOOGLES_FIELDS = "/replacements/google-beta.json";
    private static final String BLOCK = "block";

    private static final Map<String, ReplacedInputs> BY_TOKEN = read();

    private Replacements() {}

    /**
     * What a change does; a type without an entry may be replaced.
     *
     * @param path of the input, for example {@code nodeConfig.taints[0].key}
     * @param value what was or will be there; a text in place of an object is one that is not known
     */
    public static Effect of(String token, String path, JsonElement value) {
        return Optional.ofNullable(BY_TOKEN.get(token))
                .map(inputs -> inputs.effect(path, value))
                .orElse(Effect.MAY_REPLACE);
    }

    private static Map<String, ReplacedInputs> read() {
        var fields = GOOGLES_FIELDS;
        try (var text = new InputStreamReader(Replacements.class.getResourceAsStream(fields), StandardCharsets.UTF_8)) {
            var types = JsonParser.parseReader(text).getAsJsonObject().getAsJsonObject("types");
            return ResourceTypes.all()
                    .collect(Collectors.toUnmodifiableMap(ResourceType::token, type -> inputs(type, types)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ReplacedInputs inputs(ResourceType type, JsonObject googles) {
        var terraform = type.terraformName();
        var inputs = new ReplacedInputs(terraform.isPresent() ? TerraformNames::attribute : UnaryOperator.identity());
        terraform.map(googles::getAsJsonObject).ifPresent(fields -> add(fields, inputs));
        type.entry()
                .replacements()
                .forEach(replacement -> replacement.inputs().forEach(path -> inputs.add(path, replacement.effect())));
        return inputs;
    }

    private static void add(JsonObject fields, ReplacedInputs inputs) {
        fields.asMap().forEach((path, kind) -> {
            if (kind.getAsString().equals(BLOCK)) {
                inputs.addBlock(path, Effect.REPLACE);
            } else {
                inputs.add(path, Effect.REPLACE);
            }
        });
    }
}
