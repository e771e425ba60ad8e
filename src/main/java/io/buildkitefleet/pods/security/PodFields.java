package io.buildkitefleet.pods.security;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The fields of a pod by their path, which begins below its {@code spec}. {@code [*]} is each item of a list, and
 * {@code containers[*]} each container that a pod can have: those that begin before the others and those that a person
 * adds, too.
 */
final class PodFields {
    private static final String EACH = "[*]";

    private static final String CONTAINERS = "containers" + EACH;

    private static final List<String> CONTAINER_LISTS =
            List.of("initContainers" + EACH, CONTAINERS, "ephemeralContainers" + EACH);

    private static final String ANNOTATIONS = "metadata.annotations";

    private final JsonElement metadata;
    private final PodField spec;

    /** @param pod with its {@code metadata} and its {@code spec} */
    PodFields(JsonObject pod) {
        this.metadata = child(pod, "metadata");
        this.spec = PodField.of("", "spec", child(pod, "spec"));
    }

    /**
     * Each field at a path: those that are set, and those that are not but whose parent is. What is no object or no
     * list on the way there stands for what would be below it.
     */
    List<PodField> at(String path) {
        return below(spec, path).toList();
    }

    /** The same below a field. */
    Stream<PodField> below(PodField field, String path) {
        var fields = Stream.of(field);
        for (var step : path.split("\\.")) {
            fields = fields.flatMap(from -> next(from, step));
        }
        return fields;
    }

    List<PodField> containers() {
        return at(CONTAINERS);
    }

    /** The annotations of the pod. */
    Stream<PodField> annotations() {
        var annotations = child(metadata, "annotations");
        if (annotations instanceof JsonObject object) {
            return object.asMap().entrySet().stream()
                    .map(entry -> PodField.of("", ANNOTATIONS + "['" + entry.getKey() + "']", entry.getValue()));
        }
        return annotations.isJsonNull()
                ? Stream.empty()
                : Stream.of(PodField.of("", ANNOTATIONS, annotations).asMisshapen());
    }

    /** The key of an annotation. */
    static String annotation(PodField field) {
        return field.path()
                .substring((ANNOTATIONS + "['").length(), field.path().length() - "']".length());
    }

    private Stream<PodField> next(PodField from, String step) {
        if (from.misshapen()) {
            return Stream.of(from);
        }
        if (step.equals(CONTAINERS) && from.path().equals(spec.path())) {
            return CONTAINER_LISTS.stream().flatMap(list -> step(from, list));
        }
        return step(from, step);
    }

    private static Stream<PodField> step(PodField from, String step) {
        if (!(from.value() instanceof JsonObject)) {
            return from.isAbsent() ? Stream.empty() : Stream.of(from.asMisshapen());
        }
        var key = step.replace(EACH, "");
        var found = PodField.of(from.container(), from.path() + "." + key, child(from.value(), key));
        return key.equals(step) ? Stream.of(found) : items(found, CONTAINER_LISTS.contains(step));
    }

    private static Stream<PodField> items(PodField list, boolean areContainers) {
        if (!(list.value() instanceof JsonArray array)) {
            return list.isAbsent() ? Stream.empty() : Stream.of(list.asMisshapen());
        }
        return IntStream.range(0, array.size()).mapToObj(i -> {
            var container = areContainers ? name(array.get(i), i) : list.container();
            var item = PodField.of(container, list.path() + "[" + i + "]", array.get(i));
            return item.value() instanceof JsonObject ? item : item.asMisshapen();
        });
    }

    private static String name(JsonElement container, int place) {
        return child(container, "name") instanceof JsonPrimitive name ? name.getAsString() : "number " + (place + 1);
    }

    static JsonElement child(JsonElement parent, String key) {
        return parent instanceof JsonObject object && object.has(key) ? object.get(key) : JsonNull.INSTANCE;
    }
}
