package io.buildkitefleet.pods;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kubernetes' strategic merge of a pod spec with a patch: objects are merged key by key, some lists item by item, all
 * else is replaced.
 *
 * @see <a href="https://github.com/kubernetes/apimachinery/blob/v0.36.3/pkg/util/strategicpatch/patch.go">patch.go</a>
 */
public final class StrategicMerge {
    /** Lists of a pod spec whose items are told apart by a key; tolerations, envFrom, args and others are not. */
    private static final Map<String, String> MERGE_KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "volumes", "name",
            "env", "name",
            "imagePullSecrets", "name",
            "volumeMounts", "mountPath",
            "volumeDevices", "devicePath",
            "ports", "containerPort",
            "topologySpreadConstraints", "topologyKey",
            "hostAliases", "ip");

    private StrategicMerge() {}

    /** A merged copy. */
    public static JsonObject of(JsonObject original, JsonObject patch) {
        var merged = original.deepCopy();
        patch.asMap().forEach((key, value) -> merged.add(key, merged(key, merged.get(key), value)));
        return merged;
    }

    private static JsonElement merged(String key, JsonElement original, JsonElement patch) {
        if (original instanceof JsonObject object && patch instanceof JsonObject change) {
            return of(object, change);
        }
        if (original instanceof JsonArray list && patch instanceof JsonArray change && MERGE_KEYS.containsKey(key)) {
            return merged(list, change, MERGE_KEYS.get(key));
        }
        return patch.deepCopy();
    }

    /** What the patch adds comes before what it does not name; what both have keeps its place among the original's. */
    private static JsonArray merged(JsonArray original, JsonArray patch, String key) {
        var order = original.asList().stream().map(item -> name(item, key)).toList();
        var named = patch.asList().stream().map(item -> name(item, key)).toList();
        var changed = new ArrayList<JsonElement>();
        patch.forEach(item -> changed.add(find(original, key, name(item, key))
                .<JsonElement>map(found -> of(found, item.getAsJsonObject()))
                .orElse(item.deepCopy())));
        var untouched = original.asList().stream()
                .filter(item -> !named.contains(name(item, key)))
                .map(JsonElement::deepCopy)
                .toList();
        return interleaved(untouched, changed, order, key);
    }

    private static JsonArray interleaved(
            List<JsonElement> untouched, List<JsonElement> changed, List<String> order, String key) {
        var merged = new JsonArray();
        int next = 0;
        for (var item : changed) {
            var place = order.indexOf(name(item, key));
            while (next < untouched.size() && order.indexOf(name(untouched.get(next), key)) < place) {
                merged.add(untouched.get(next++));
            }
            merged.add(item);
        }
        untouched.subList(next, untouched.size()).forEach(merged::add);
        return merged;
    }

    private static Optional<JsonObject> find(JsonArray list, String key, String name) {
        return list.asList().stream()
                .filter(item -> name(item, key).equals(name))
                .map(JsonElement::getAsJsonObject)
                .findFirst();
    }

    private static String name(JsonElement item, String key) {
        var name = item instanceof JsonObject object ? JsonParts.text(object, key) : "";
        if (name.isEmpty()) {
            throw new MalformedPodException("an item of a list that is merged by " + key + " has none: " + item);
        }
        return name;
    }
}
