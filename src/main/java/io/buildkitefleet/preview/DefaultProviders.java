package io.buildkitefleet.preview;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.Stack;

/**
 * The packages whose default provider the stack has switched off, by {@code pulumi:disable-default-providers}.
 *
 * @param denied as the configuration has it: a list as JSON, empty if there is none
 * @see <a
 *     href="https://github.com/pulumi/pulumi/blob/v3.207.0/pkg/resource/deploy/source_eval.go">shouldDenyRequest</a>
 */
record DefaultProviders(String denied) {
    private static final String KEY = "pulumi:disable-default-providers";

    static DefaultProviders of(Stack stack) {
        return new DefaultProviders(stack.config().getOrDefault(KEY, ""));
    }

    /**
     * Refuses what would need a provider that is switched off, in the words of the engine.
     *
     * @param named what the engine calls the package: it is the type, where that is read
     * @param user what asks for it: a URN, a type that is read, or the token of a function
     * @throws ProjectException if the package has none
     */
    void require(String packageName, String named, String user) {
        if (!packageName.equals("pulumi") && isDenied(packageName)) {
            throw new ProjectException(
                    "Default provider for '" + named + "' disabled. '" + user + "' must use an explicit provider.");
        }
    }

    private boolean isDenied(String packageName) {
        if (denied.isEmpty()) {
            return false;
        }
        var names = list().asList();
        for (int i = 0; i < names.size(); i++) {
            var name = name(i, names.get(i));
            if (name.equals("*") || name.equals(packageName)) {
                return true;
            }
        }
        return false;
    }

    private JsonArray list() {
        try {
            if (JsonParser.parseString(denied) instanceof JsonArray list) {
                return list;
            }
        } catch (JsonParseException none) {
            // Told below.
        }
        throw new ProjectException(KEY + ": must be a list of packages such as [\"gcp\"], or [\"*\"], got " + denied);
    }

    private static String name(int index, JsonElement name) {
        if (name.isJsonPrimitive() && name.getAsJsonPrimitive().isString()) {
            return name.getAsString().strip();
        }
        throw new ProjectException(KEY + "[" + index + "] must be a string");
    }
}
