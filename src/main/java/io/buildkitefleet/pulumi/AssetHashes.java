package io.buildkitefleet.pulumi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Adds to each asset the hash of its content, as the engine does: the plan changes when the content does. */
final class AssetHashes {
    private static final String HASH = "hash";

    private final Path directory;

    /** @param directory against which relative paths of assets are resolved */
    AssetHashes(Path directory) {
        this.directory = directory;
    }

    /** The same object, in which the assets are completed. */
    JsonObject complete(JsonObject inputs) {
        inputs.entrySet().forEach(entry -> visit(entry.getValue()));
        return inputs;
    }

    private void visit(JsonElement value) {
        if (value instanceof JsonArray array) {
            array.forEach(this::visit);
        } else if (PropertyValues.hasSignature(value, PropertyValues.ASSET)) {
            addHash(value.getAsJsonObject());
        } else if (value instanceof JsonObject object) {
            complete(object);
        }
    }

    private void addHash(JsonObject asset) {
        if (asset.has("text")) {
            asset.addProperty(HASH, sha256(asset.get("text").getAsString().getBytes(StandardCharsets.UTF_8)));
        } else if (asset.has("path")) {
            asset.addProperty(HASH, sha256(content(asset.get("path").getAsString())));
        }
    }

    private byte[] content(String path) {
        try {
            return Files.readAllBytes(directory.resolve(path));
        } catch (IOException e) {
            throw new ProjectException("the program uses the file " + path + ", which cannot be read", e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
