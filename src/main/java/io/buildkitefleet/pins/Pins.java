package io.buildkitefleet.pins;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.text.BundledFile;
import java.util.Objects;
import java.util.Optional;

/**
 * Versions of what others make and the fleet runs, each once. They stand in {@code pins.json}, which goes into the jar,
 * with where each was seen and when.
 */
public final class Pins {
    private static final String FILE = "/pins.json";

    private static final JsonObject ALL =
            JsonParser.parseString(BundledFile.text(FILE)).getAsJsonObject();

    private Pins() {}

    /** An image as Kubernetes takes it: with its digest, where one was seen. */
    public static String image(String name) {
        return reference(pin("images", name), "image");
    }

    /** A chart as a registry names it that keeps it as it keeps an image: with its digest, where one was seen. */
    public static String chart(String name) {
        return reference(pin("charts", name), "chart");
    }

    private static String reference(JsonObject pin, String key) {
        var digest = Optional.of(pin.get("digest")).filter(JsonElement::isJsonPrimitive);
        return text(pin, key) + ":" + text(pin, "version")
                + digest.map(seen -> "@" + seen.getAsString()).orElse("");
    }

    /** The version of an image, such as that of {@code agent}. */
    public static String imageVersion(String name) {
        return text(pin("images", name), "version");
    }

    /** The version of a chart, such as that of {@code agent-stack-k8s}. */
    public static String chartVersion(String name) {
        return text(pin("charts", name), "version");
    }

    /** The version of a provider's plugin, such as that of {@code gcp}. */
    public static String pluginVersion(String name) {
        return text(pin("plugins", name), "version");
    }

    private static JsonObject pin(String kind, String name) {
        return Objects.requireNonNull(
                ALL.getAsJsonObject(kind).getAsJsonObject(name), () -> FILE + " has no " + name + " of its " + kind);
    }

    private static String text(JsonObject pin, String key) {
        return pin.get(key).getAsString();
    }
}
