package io.buildkitefleet.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.buildkitefleet.config.SigningConfig;
import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.signing.JsonWebKey;
import java.util.HashMap;
import java.util.Optional;

/** A stack that is to have one more key. */
public record SigningStack(Stack stack) {
    private static final String SIGNING = "signing";
    private static final String PUBLIC_KEYS = "publicKeys";

    /** What the stack says of signing, right or wrong. */
    public Optional<SigningConfig> config() {
        return Previews.configOf(stack).signing();
    }

    /**
     * Refuses what would be wrong with the key too; a stack that has no key yet may lack the rest as well.
     *
     * @throws ConfigException with all that is wrong, if something is with how the stack signs
     */
    public void require(JsonWebKey key) {
        var problems = FleetResolver.problems(Previews.sourceOf(withFirst(key)));
        if (problems.at().isRefused() || problems.at(SIGNING).isInDoubt()) {
            problems.throwIfAny();
        }
    }

    private Stack withFirst(JsonWebKey key) {
        var fleet = Optional.ofNullable(stack.config().get(ConfigSource.FLEET)).flatMap(SigningStack::object);
        var signing = fleet.map(found -> found.get(SIGNING)).filter(JsonElement::isJsonObject);
        if (signing.isEmpty() || hasKeys(signing.get().getAsJsonObject())) {
            return stack;
        }
        var keys = new JsonArray();
        keys.add(key.members());
        signing.get().getAsJsonObject().add(PUBLIC_KEYS, keys);
        var config = new HashMap<>(stack.config());
        config.put(ConfigSource.FLEET, fleet.get().toString());
        return new Stack(stack.name(), stack.file(), config, stack.secretKeys(), stack.placeholders());
    }

    private static boolean hasKeys(JsonObject signing) {
        var keys = signing.get(PUBLIC_KEYS);
        return keys != null
                && !keys.isJsonNull()
                && !(keys.isJsonArray() && keys.getAsJsonArray().isEmpty());
    }

    private static Optional<JsonObject> object(String json) {
        try {
            return Optional.of(JsonParser.parseString(json))
                    .filter(JsonElement::isJsonObject)
                    .map(JsonElement::getAsJsonObject);
        } catch (JsonParseException notJson) {
            return Optional.empty();
        }
    }
}
