package io.buildkitefleet.resources;

import com.google.gson.JsonElement;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Which changes of a resource's inputs replace it: what the list of Google's fields says, and what the entries add to
 * it.
 */
public final class Replacements {
    private static final Map<String, ReplacedInputs> BY_TOKEN =
            ResourceTypes.all().collect(Collectors.toUnmodifiableMap(ResourceType::token, Replacements::inputs));

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

    private static ReplacedInputs inputs(ResourceType type) {
        var terraform = type.terraformName();
        var inputs = new ReplacedInputs(terraform.isPresent() ? TerraformNames::attribute : UnaryOperator.identity());
        terraform
                .map(GoogleFields.LIST.types()::get)
                .ifPresent(fields -> fields.forEach((path, kind) -> {
                    if (kind.equals(GoogleFields.BLOCK)) {
                        inputs.addBlock(path, Effect.REPLACE);
                    } else {
                        inputs.add(path, Effect.REPLACE);
                    }
                }));
        type.entry()
                .replacements()
                .forEach(replacement -> replacement.inputs().forEach(path -> inputs.add(path, replacement.effect())));
        return inputs;
    }
}
