package io.buildkitefleet.signing;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;

/** The numbers of a key, and what the JDK makes of them. */
final class KeyNumbers {
    /** Bytes of a number of Ed25519: section 5.1 of RFC 8032. */
    static final int ED25519_BYTES = 32;

    /** Bytes of a coordinate on P-521: section 6.2.1.2 of RFC 7518. */
    private static final int P521_BYTES = 66;

    /** Bits of an RSA key at the least: section 3.5 of RFC 7518. */
    private static final int LEAST_RSA_BITS = 2048;

    private static final int SHA512_BYTES = 64;
    private static final byte[] SAMPLE = {1, 2, 3};

    private KeyNumbers() {}

    /** What is wrong with the numbers of a key that has them all. */
    static Optional<KeyFlaw> flaw(JsonWebKey key) {
        return switch (key.kind()) {
            case ED25519 -> length(key, "x", ED25519_BYTES).or(() -> length(key, "d", ED25519_BYTES));
            case P521 ->
                length(key, "x", P521_BYTES)
                        .or(() -> length(key, "y", P521_BYTES))
                        .or(() -> length(key, "d", P521_BYTES))
                        .or(() -> isOnCurve(key)
                                ? Optional.empty()
                                : Optional.of(new KeyFlaw("x", "must be with y a point of the curve P-521")));
            case RSA -> {
                var bits = number(key, "n").bitLength();
                yield bits >= LEAST_RSA_BITS
                        ? Optional.empty()
                        : Optional.of(new KeyFlaw("n", "must have at least " + LEAST_RSA_BITS + " bits, got " + bits));
            }
        };
    }

    private static Optional<KeyFlaw> length(JsonWebKey key, String member, int bytes) {
        return key.bytes(member)
                .filter(found -> found.length != bytes)
                .map(found -> new KeyFlaw(member, "must have " + bytes + " bytes, got " + found.length));
    }

    private static boolean isOnCurve(JsonWebKey key) {
        try {
            var curve = p521().getCurve();
            var prime = ((ECFieldFp) curve.getField()).getP();
            var x = number(key, "x");
            var y = number(key, "y");
            var right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
            return x.compareTo(prime) < 0
                    && y.compareTo(prime) < 0
                    && y.multiply(y).subtract(right).mod(prime).signum() == 0;
        } catch (GeneralSecurityException noSuchCurve) {
            throw new IllegalStateException(noSuchCurve);
        }
    }

    /** Whether what one signs, the other verifies; both are without flaw. */
    static boolean arePair(JsonWebKey secret, JsonWebKey open) {
        if (secret.kind() != open.kind()) {
            return false;
        }
        try {
            var signer = signature(secret.kind());
            signer.initSign(privateKey(secret));
            signer.update(SAMPLE);
            var signed = signer.sign();
            var verifier = signature(open.kind());
            verifier.initVerify(publicKey(open));
            verifier.update(SAMPLE);
            return verifier.verify(signed);
        } catch (SignatureException notSignedByIt) {
            return false;
        } catch (GeneralSecurityException noKey) {
            return false;
        }
    }

    private static Signature signature(KeyKind kind) throws GeneralSecurityException {
        return switch (kind) {
            case ED25519 -> Signature.getInstance("Ed25519");
            case P521 -> Signature.getInstance("SHA512withECDSA");
            case RSA -> {
                var signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(
                        new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, SHA512_BYTES, 1));
                yield signature;
            }
        };
    }

    private static PrivateKey privateKey(JsonWebKey key) throws GeneralSecurityException {
        return switch (key.kind()) {
            case ED25519 ->
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(
                                NamedParameterSpec.ED25519, key.bytes("d").orElseThrow()));
            case P521 -> KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(number(key, "d"), p521()));
            case RSA ->
                KeyFactory.getInstance("RSA")
                        .generatePrivate(new RSAPrivateKeySpec(number(key, "n"), number(key, "d")));
        };
    }

    private static PublicKey publicKey(JsonWebKey key) throws GeneralSecurityException {
        return switch (key.kind()) {
            case ED25519 ->
                KeyFactory.getInstance("Ed25519")
                        .generatePublic(new EdECPublicKeySpec(
                                NamedParameterSpec.ED25519, point(key.bytes("x").orElseThrow())));
            case P521 ->
                KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(new ECPoint(number(key, "x"), number(key, "y")), p521()));
            case RSA ->
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
        };
    }

    /** A point as section 5.1.2 of RFC 8032 writes it: y from its lowest byte on, and the lowest bit of x on top. */
    private static EdECPoint point(byte[] encoded) {
        var y = reversed(encoded);
        var isXOdd = (y[0] & 0x80) != 0;
        y[0] &= 0x7f;
        return new EdECPoint(isXOdd, new BigInteger(1, y));
    }

    /** The same the other way round. */
    static byte[] encoded(EdECPublicKey key) {
        var y = key.getPoint().getY().toByteArray();
        var encoded = new byte[ED25519_BYTES];
        for (int i = 0; i < Math.min(y.length, ED25519_BYTES); i++) {
            encoded[i] = y[y.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            encoded[ED25519_BYTES - 1] |= (byte) 0x80;
        }
        return encoded;
    }

    private static byte[] reversed(byte[] bytes) {
        var reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static ECParameterSpec p521() throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp521r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    static BigInteger number(JsonWebKey key, String member) {
        return new BigInteger(1, key.bytes(member).orElseThrow());
    }
}
