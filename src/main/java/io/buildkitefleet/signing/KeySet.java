package io.buildkitefleet.signing;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keys in the form in which the agent reads them from a file: section 5 of RFC 7517. */
public record KeySet(List<JsonWebKey> keys) {
    public KeySet {
        keys = List.copyOf(keys);
    }

    /** The keys of a text; nothing if it is no set of keys. */
    public static Optional<KeySet> parse(String text) {
        try {
            return Optional.of(JsonParser.parseString(text))
                    .filter(JsonElement::isJsonObject)
                    .map(object -> object.getAsJsonObject().get("keys"))
                    .filter(JsonElement::isJsonArray)
                    .map(JsonElement::getAsJsonArray)
                    .filter(array -> array.asList().stream().allMatch(JsonElement::isJsonObject))
                    .map(array -> new KeySet(array.asList().stream()
                            .map(key -> new JsonWebKey(key.getAsJsonObject()))
                            .toList()));
        } catch (JsonParseException notJson) {
            return Optional.empty();
        }
    }

    public Optional<JsonWebKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    public String ids() {
        return keys.stream().map(JsonWebKey::id).collect(Collectors.joining(", "));
    }

    /**
     * What keeps the agent from signing with one of these, or others from verifying what it signed.
     *
     * @param open the public half of the key that signs
     */
    public Optional<String> signingFlaw(JsonWebKey open) {
        if (keys.stream().map(JsonWebKey::id).distinct().count() < keys.size()) {
            return Optional.of("must not have two keys of one kid");
        }
        var secret = find(open.id());
        if (secret.isEmpty()) {
            return Optional.of("must hold the key " + open.id() + ", which signs, and has " + keys.size()
                    + (keys.size() == 1 ? " key" : " keys") + " of other kids");
        }
        return secret.get()
                .privateFlaw()
                .map(flaw -> "its key " + open.id() + " cannot be used: " + flaw)
                .or(() -> KeyNumbers.arePair(secret.get(), open)
                        ? Optional.empty()
                        : Optional.of("its key " + open.id() + " is not the other half of the public key of that kid"));
    }

    /** As the agent reads it. */
    public String json() {
        var array = new JsonArray();
        keys.forEach(key -> array.add(key.members()));
        var set = new JsonObject();
        set.add("keys", array);
        return new Gson().toJson(set);
    }
}
