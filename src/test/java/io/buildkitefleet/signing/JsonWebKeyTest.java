package io.buildkitefleet.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of the kinds that the agent takes and {@code ./fleet keys} does not make. */
class JsonWebKeyTest {
    private static final int P521_BYTES = 66;

    @Test
    void aKeyOnP521SignsAndVerifies() throws Exception {
        var key = p521("a");
        assertThat(set(key).signingFlaw(open(key))).isEmpty();
        assertThat(set(p521("a")).signingFlaw(open(key))).get().asString().contains("is not the other half");
    }

    @Test
    void aPointBesideTheCurveIsNoKey() throws Exception {
        var key = open(p521("a")).members();
        key.addProperty("x", base64(new byte[P521_BYTES]));
        assertThat(new JsonWebKey(key).publicFlaw())
                .contains(new KeyFlaw("x", "must be with y a point of the curve P-521"));
    }

    @Test
    void anRsaKeySignsAndVerifies() throws Exception {
        var key = rsa(2048);
        assertThat(set(key).signingFlaw(open(key))).isEmpty();
        assertThat(set(rsa(2048)).signingFlaw(open(key))).get().asString().contains("is not the other half");
    }

    @Test
    void aShortRsaKeyIsRefused() throws Exception {
        assertThat(open(rsa(1024)).publicFlaw()).contains(new KeyFlaw("n", "must have at least 2048 bits, got 1024"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "q", "dp", "dq", "qi"})
    void anRsaKeyHasAllItsNumbers(String member) throws Exception {
        var key = rsa(2048);
        var open = open(key);
        key.remove(member);
        assertThat(set(key).signingFlaw(open)).get().asString().contains("its " + member + " must be a number");
    }

    @Test
    void keysOfTwoKindsAreNoPair() throws Exception {
        assertThat(set(SigningKey.generate("a").secret().members()).signingFlaw(open(p521("a"))))
                .isPresent();
    }

    private static KeySet set(JsonObject key) {
        return new KeySet(List.of(new JsonWebKey(key)));
    }

    private static JsonWebKey open(JsonObject key) {
        var open = key.deepCopy();
        List.of("d", "p", "q", "dp", "dq", "qi").forEach(open::remove);
        return new JsonWebKey(open);
    }

    private static JsonObject p521(String id) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp521r1"));
        KeyPair pair = generator.generateKeyPair();
        var point = ((ECPublicKey) pair.getPublic()).getW();
        var key = head(id, "EC", "ES512");
        key.addProperty("crv", "P-521");
        key.addProperty("x", number(point.getAffineX(), P521_BYTES));
        key.addProperty("y", number(point.getAffineY(), P521_BYTES));
        key.addProperty("d", number(((ECPrivateKey) pair.getPrivate()).getS(), P521_BYTES));
        return key;
    }

    private static JsonObject rsa(int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        var secret = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        var key = head("a", "RSA", "PS512");
        key.addProperty("n", number(secret.getModulus(), bits / 8));
        key.addProperty("e", number(secret.getPublicExponent(), 3));
        key.addProperty("d", number(secret.getPrivateExponent(), bits / 8));
        key.addProperty("p", number(secret.getPrimeP(), bits / 16));
        key.addProperty("q", number(secret.getPrimeQ(), bits / 16));
        key.addProperty("dp", number(secret.getPrimeExponentP(), bits / 16));
        key.addProperty("dq", number(secret.getPrimeExponentQ(), bits / 16));
        key.addProperty("qi", number(secret.getCrtCoefficient(), bits / 16));
        return key;
    }

    private static JsonObject head(String id, String type, String algorithm) {
        var key = new JsonObject();
        key.addProperty("kid", id);
        key.addProperty("kty", type);
        key.addProperty("alg", algorithm);
        return key;
    }

    private static String number(BigInteger value, int length) {
        var bytes = value.toByteArray();
        var number = new byte[length];
        var start = Math.max(0, bytes.length - length);
        System.arraycopy(bytes, start, number, length - (bytes.length - start), bytes.length - start);
        return base64(number);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, bytes.length));
    }
}
