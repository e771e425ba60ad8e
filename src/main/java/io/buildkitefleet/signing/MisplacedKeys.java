package io.buildkitefleet.signing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody put where a public key belongs, in a form that is none: a whole file of keys, or a text. What is said
 * of it never holds a value of a private one.
 */
public final class MisplacedKeys {
    /** Members that no public key has, of any kind of key: sections 6.2.2, 6.3.2 and 6.4.1 of RFC 7518. */
    static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    static final String MEND_PRIVATE =
            "known now to whoever reads this file: make another with ./fleet keys, and put its public half here";

    private MisplacedKeys() {}

    /** What keys it holds, and what to do; nothing if it holds none. */
    public static Optional<String> flaw(JsonElement written) {
        if (isPrivate(written)) {
            return Optional.of("it holds a private key, " + MEND_PRIVATE);
        }
        return isSet(parsed(written))
                ? Optional.of("it is a whole file of keys: put what is in its list keys here")
                : Optional.empty();
    }

    /** The same of a key, in which there is a set of keys, or another key. */
    static Optional<KeyFlaw> within(JsonObject key) {
        var secret = key.keySet().stream()
                .filter(member -> isPrivate(key.get(member)))
                .findFirst()
                .map(member -> new KeyFlaw(member, "holds a private key, " + MEND_PRIVATE));
        return secret.or(() -> isSet(key)
                ? Optional.of(new KeyFlaw(
                        "keys", "is of a whole file of keys: put what is in this list here, each key as an item"))
                : Optional.empty());
    }

    private static boolean isPrivate(JsonElement written) {
        var json = parsed(written);
        if (json.isJsonArray()) {
            return json.getAsJsonArray().asList().stream().anyMatch(MisplacedKeys::isPrivate);
        }
        return json.isJsonObject()
                ? json.getAsJsonObject().entrySet().stream()
                        .anyMatch(member -> PRIVATE.contains(member.getKey()) || isPrivate(member.getValue()))
                : json.toString().contains("PRIVATE KEY-----");
    }

    private static boolean isSet(JsonElement json) {
        return json instanceof JsonObject object
                && object.get("keys") != null
                && object.get("keys").isJsonArray();
    }

    /** What a text holds, if that is an object or a list; else what was written. */
    private static JsonElement parsed(JsonElement written) {
        if (!written.isJsonPrimitive() || !written.getAsString().strip().matches("(?s)[{\\[].*[}\\]]")) {
            return written;
        }
        try {
            return JsonParser.parseString(written.getAsString());
        } catch (JsonParseException notJson) {
            return written;
        }
    }
}
