package io.buildkitefleet.config.read;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * Objects that are laid over one another, and which of them each value is from. As in a JSON Merge Patch, objects are
 * merged key by key, everything else replaces what was there, and a null takes it away
 * (https://www.rfc-editor.org/rfc/rfc7396). Unlike there, a null that takes nothing away stays, so that a misspelt key
 * is noticed.
 */
public final class Layers {
    private final String path;
    private final JsonObject object = new JsonObject();
    private final Map<String, String> files = new HashMap<>();

    /** @param path where the object stands, as in {@link Problem#path} */
    public Layers(String path) {
        this.path = path;
    }

    /**
     * Lays an object over the others.
     *
     * @param file the one in which it stands, as in {@link Problem#file}
     */
    public void add(String file, JsonObject over) {
        lay(file, over, object, path);
    }

    /** What has come of it. */
    public JsonObject object() {
        return object;
    }

    /** The file in which the value at a path stands, or would stand, if it is missing in an object. */
    String fileOf(String place) {
        for (var at = place; !at.isEmpty(); at = above(at)) {
            if (files.containsKey(at)) {
                return files.get(at);
            }
        }
        return "";
    }

    private static String above(String place) {
        return place.substring(0, Math.max(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('['))));
    }

    private void lay(String file, JsonObject over, JsonObject under, String at) {
        files.put(at, file);
        over.asMap().forEach((key, value) -> {
            var below = at + "." + key;
            if (value instanceof JsonObject object && under.get(key) instanceof JsonObject old) {
                lay(file, object, old, below);
            } else if (value.isJsonNull() && under.has(key)) {
                forget(below);
                under.remove(key);
            } else {
                if (under.has(key)) {
                    forget(below);
                }
                under.add(key, value.deepCopy());
                note(file, value, below);
            }
        });
    }

    private void forget(String place) {
        files.keySet().removeIf(known -> Problems.isAtOrBelow(known, place));
    }

    private void note(String file, JsonElement value, String at) {
        files.put(at, file);
        if (value instanceof JsonObject object) {
            object.asMap().forEach((key, below) -> note(file, below, at + "." + key));
        }
    }
}
