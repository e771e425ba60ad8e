package io.buildkitefleet.signing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The kinds of keys that the agent signs and verifies with, and no others:
 * https://buildkite.com/docs/agent/self-hosted/security/signed-pipelines
 */
enum KeyKind {
    ED25519("EdDSA", "OKP", Optional.of("Ed25519"), List.of("x"), List.of("d")),
    P521("ES512", "EC", Optional.of("P-521"), List.of("x", "y"), List.of("d")),
    RSA("PS512", "RSA", Optional.empty(), List.of("n", "e"), List.of("d", "p", "q", "dp", "dq", "qi"));

    private final String algorithm;
    private final String type;
    private final Optional<String> curve;
    private final List<String> publicNumbers;
    private final List<String> privateNumbers;

    KeyKind(
            String algorithm,
            String type,
            Optional<String> curve,
            List<String> publicNumbers,
            List<String> privateNumbers) {
        this.algorithm = algorithm;
        this.type = type;
        this.curve = curve;
        this.publicNumbers = publicNumbers;
        this.privateNumbers = privateNumbers;
    }

    /** {@code alg} of RFC 7518 and RFC 8037. */
    String algorithm() {
        return algorithm;
    }

    /** {@code kty}. */
    String type() {
        return type;
    }

    /** {@code crv}, of keys on a curve. */
    Optional<String> curve() {
        return curve;
    }

    /** The members that anybody may read. */
    List<String> publicNumbers() {
        return publicNumbers;
    }

    /** The members that only the signer has. */
    List<String> privateNumbers() {
        return privateNumbers;
    }

    static Optional<KeyKind> of(String algorithm) {
        return Arrays.stream(values())
                .filter(kind -> kind.algorithm.equals(algorithm))
                .findFirst();
    }

    static String algorithms() {
        return Arrays.stream(values()).map(KeyKind::algorithm).collect(Collectors.joining(", "));
    }
}
