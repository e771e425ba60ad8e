package io.buildkitefleet.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.registry.MirrorContents;
import io.buildkitefleet.registry.MirroredArtifact;

/** What a registry mirror holds, as JSON; a digest that nobody has pinned is null. */
public final class MirrorJson {
    private MirrorJson() {}

    public static JsonObject of(MirrorContents contents) {
        var artifacts = new JsonArray();
        contents.artifacts().forEach(artifact -> artifacts.add(artifact(artifact)));
        var json = new JsonObject();
        json.addProperty("stack", contents.stack());
        json.addProperty("mirror", contents.address());
        json.add("artifacts", artifacts);
        return json;
    }

    private static JsonObject artifact(MirroredArtifact artifact) {
        var pin = new JsonObject();
        pin.addProperty("file", artifact.pin().file());
        pin.addProperty("key", artifact.pin().key());
        var json = new JsonObject();
        json.addProperty("name", artifact.name());
        json.addProperty("source", artifact.source().withoutDigest().toString());
        json.addProperty("copy", artifact.kept().toString());
        json.add(
                "digest",
                artifact.source().digest().isPresent()
                        ? new JsonPrimitive(artifact.source().digest().get())
                        : JsonNull.INSTANCE);
        json.addProperty("namedByChart", artifact.namedByChart());
        json.add("pin", pin);
        return json;
    }
}
