package io.buildkitefleet.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** The private halves of the keys in {@code Pulumi.full.yaml}, which are made of words, so that no file has them. */
public final class TestKeys {
    public static final String ID = "key-2027-03-01";
    public static final String OLD_ID = "key-before";

    private static final String X = "CPLPQK709vArKCn2KHijTkIpICGDcIFfZ_W6aCkiO1c";
    private static final String OLD_X = "tnUluXGCvlljejCX0Nf-0NZQiRzY9DkCtEo4qANNg54";

    private TestKeys() {}

    /** Both as the secret {@code signingKey} holds them, with a text that is to be nowhere in clear. */
    public static String privateSet(String note) {
        var keys = new JsonArray();
        keys.add(privateKey());
        keys.add(key(OLD_ID, OLD_X, "the signing key before it"));
        var set = new JsonObject();
        set.addProperty("note", note);
        set.add("keys", keys);
        return set.toString();
    }

    /** The private half of the one that signs. */
    public static JsonObject privateKey() {
        return key(ID, X, "a signing key for tests");
    }

    /** The public half of the one that signs. */
    public static JsonObject publicKey() {
        var key = privateKey();
        key.remove("d");
        return key;
    }

    private static JsonObject key(String id, String x, String words) {
        var key = new JsonObject();
        key.addProperty("kid", id);
        key.addProperty("kty", "OKP");
        key.addProperty("crv", "Ed25519");
        key.addProperty("alg", "EdDSA");
        key.addProperty("use", "sig");
        key.addProperty("x", x);
        key.addProperty("d", Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(words)));
        return key;
    }

    private static byte[] sha256(String words) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
