package io.buildkitefleet.variables;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.buildkitefleet.text.Listing;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The public half of a queue's key; Cloud KMS never gives away the other one.
 *
 * @param version the number of the key's version in Cloud KMS, from 1
 */
public record VariableKey(String queue, int version, RSAPublicKey publicKey) {
    /** What Cloud KMS calls RSA_DECRYPT_OAEP_4096_SHA256: https://cloud.google.com/kms/docs/algorithms */
    static final int BITS = 4096;

    /**
     * The key of a queue, out of the stack output {@code variableKeys}.
     *
     * @param keys the output as JSON
     * @param source what to call the output in an error
     * @throws VariableException if the queue has no key there, or the output is something else
     */
    public static VariableKey of(String queue, String keys, String source) {
        var all = parse(keys, source);
        if (!all.has(queue)) {
            throw new VariableException(source + " has no key of queue \"" + queue + "\""
                    + (all.size() == 0 ? "" : "; there are: " + Listing.of(all.keySet()))
                    + "; set queues." + queue + ".variablesKey: 1 and deploy");
        }
        try {
            var key = all.getAsJsonObject(queue);
            return new VariableKey(
                    queue,
                    key.get("version").getAsInt(),
                    rsa(key.get("publicKey").getAsString()));
        } catch (ClassCastException
                | NullPointerException
                | UnsupportedOperationException
                | NumberFormatException
                | IllegalStateException shape) {
            throw new VariableException(wrongShape(source), shape);
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new VariableException(
                    source + ": the key of queue \"" + queue + "\" is not an RSA key of " + BITS + " bits in PEM",
                    unreadable);
        }
    }

    private static JsonObject parse(String keys, String source) {
        try {
            JsonElement parsed = JsonParser.parseString(keys);
            if (parsed.isJsonObject()) {
                return parsed.getAsJsonObject();
            }
        } catch (JsonParseException notJson) {
            throw new VariableException(wrongShape(source), notJson);
        }
        throw new VariableException(wrongShape(source));
    }

    private static String wrongShape(String source) {
        return source + " is not the stack output variableKeys; make it again with: "
                + "pulumi stack output variableKeys --json --stack STACK";
    }

    private static RSAPublicKey rsa(String pem) throws GeneralSecurityException {
        var base64 = pem.replaceAll("-----(?:BEGIN|END) PUBLIC KEY-----", "").replaceAll("\\s", "");
        var key = KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() == BITS) {
            return rsa;
        }
        throw new IllegalArgumentException("an RSA key of another size");
    }
}
