package io.buildkitefleet.drain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What an update does to a resource, as {@code pulumi preview --json} tells it.
 *
 * @param old its state before; empty if it is new
 * @param changed inputs that an update changes, as paths, or only their first part
 * @see <a href="https://github.com/pulumi/pulumi/blob/v3.207.0/pkg/backend/display/json.go">json.go</a>
 */
record PreviewStep(String operation, String urn, String type, JsonObject old, Collection<String> changed) {
    /** What is there no longer, or another one; a step of each replacement is one of these. */
    private static final Set<String> GOING =
            Set.of("delete", "replace", "create-replacement", "delete-replaced", "import-replacement");

    /** What leaves a resource as it is. */
    private static final Set<String> LEAVING = Set.of("same", "read", "refresh");

    /**
     * Those of what {@code pulumi preview --json} prints.
     *
     * @throws IllegalArgumentException if it is no such document
     */
    static List<PreviewStep> all(JsonElement preview) {
        if (preview instanceof JsonObject document && document.get("steps") instanceof JsonArray steps) {
            return steps.asList().stream()
                    .filter(JsonObject.class::isInstance)
                    .map(JsonElement::getAsJsonObject)
                    .map(PreviewStep::of)
                    .toList();
        }
        throw new IllegalArgumentException("no steps");
    }

    static PreviewStep of(JsonObject json) {
        var old = json.get("oldState") instanceof JsonObject state ? state : new JsonObject();
        var changed = json.get("detailedDiff") instanceof JsonObject diff && !diff.isEmpty()
                ? diff.keySet()
                : texts(json.get("diffReasons"));
        return new PreviewStep(text(json, "op"), text(json, "urn"), text(old, "type"), old, changed);
    }

    boolean isGoing() {
        return GOING.contains(operation) && text(old, "retainOnDelete").isEmpty();
    }

    /** Whether it changes something, as one that makes it new does. */
    boolean isChange() {
        return !LEAVING.contains(operation);
    }

    boolean isUpdate() {
        return operation.equals("update");
    }

    /** In the words of a person. */
    String what() {
        return operation.equals("delete") ? "deleted" : "replaced";
    }

    /** The text at the end of a path of inputs; empty if there is none. */
    String input(String... path) {
        return below("inputs", path);
    }

    /** An output that is a list of objects. */
    List<JsonObject> outputs(String name) {
        return object(old, "outputs").get(name) instanceof JsonArray list
                ? list.asList().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonElement::getAsJsonObject)
                        .toList()
                : List.of();
    }

    /** The text at the end of a path of outputs; empty if there is none. */
    String output(String... path) {
        return below("outputs", path);
    }

    private String below(String part, String... path) {
        var found = object(old, part);
        for (int i = 0; i < path.length - 1; i++) {
            found = object(found, path[i]);
        }
        return text(found, path[path.length - 1]);
    }

    String parent() {
        return text(old, "parent");
    }

    static String text(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    private static JsonObject object(JsonObject from, String key) {
        return from.get(key) instanceof JsonObject object ? object : new JsonObject();
    }

    private static List<String> texts(JsonElement list) {
        var texts = new ArrayList<String>();
        if (list instanceof JsonArray array) {
            array.forEach(item -> texts.add(item.getAsString()));
        }
        return texts;
    }
}
