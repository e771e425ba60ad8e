package io.buildkitefleet.signing;

import com.google.gson.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Base64;

/**
 * A pair of keys for signed pipelines.
 *
 * @param secret the half that signs
 * @param open the half that verifies
 */
public record SigningKey(JsonWebKey secret, JsonWebKey open) {
    /**
     * A new pair, as {@code buildkite-agent tool keygen} makes one by default.
     *
     * @param id what it is called
     */
    public static SigningKey generate(String id) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var open = new JsonObject();
            open.addProperty("kid", id);
            open.addProperty("kty", KeyKind.ED25519.type());
            open.addProperty("crv", KeyKind.ED25519.curve().orElseThrow());
            open.addProperty("alg", KeyKind.ED25519.algorithm());
            open.addProperty("use", "sig");
            open.addProperty("x", base64(KeyNumbers.encoded((EdECPublicKey) pair.getPublic())));
            var secret = open.deepCopy();
            secret.addProperty(
                    "d", base64(((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow()));
            return new SigningKey(new JsonWebKey(secret), new JsonWebKey(open));
        } catch (GeneralSecurityException noSuchKeys) {
            throw new IllegalStateException(noSuchKeys);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
