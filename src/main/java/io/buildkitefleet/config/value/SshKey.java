package io.buildkitefleet.config.value;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a public key as ssh writes it, each after its length: section 6.6 of RFC 4253, section 4 of RFC 8709
 * and section 3.1 of RFC 5656.
 *
 * @param type the first of them
 * @param isWhole whether the others are those of its type, and nothing is behind them
 */
record SshKey(String type, boolean isWhole) {
    private static final String ED25519 = "ssh-ed25519";
    private static final String RSA = "ssh-rsa";
    private static final String ECDSA = "ecdsa-sha2-";

    /** The curves, and the bytes of a coordinate on them. */
    private static final Map<String, Integer> CURVES = Map.of("nistp256", 32, "nistp384", 48, "nistp521", 66);

    /** In this order where they are told: the best first. */
    static final List<String> TYPES = List.of(ED25519, ECDSA + "nistp256", ECDSA + "nistp384", ECDSA + "nistp521", RSA);

    private static final int ED25519_BYTES = 32;

    /** What an elliptic point begins with of which both coordinates are written; OpenSSH takes no other. */
    private static final byte UNCOMPRESSED = 4;

    /** What OpenSSH takes at the least. */
    private static final int LEAST_RSA_BYTES = 128;

    /** The key of a text in Base64; none if that is not plainly so written, or has no type that is known. */
    static Optional<SshKey> parse(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64)
                    ? Optional.of(ByteBuffer.wrap(bytes)).flatMap(SshKey::read)
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<SshKey> read(ByteBuffer key) {
        try {
            var type = text(key);
            return TYPES.contains(type) ? Optional.of(new SshKey(type, isWhole(type, key))) : Optional.empty();
        } catch (BufferUnderflowException cut) {
            return Optional.empty();
        }
    }

    private static boolean isWhole(String type, ByteBuffer key) {
        try {
            return areFieldsOf(type, key) && !key.hasRemaining();
        } catch (BufferUnderflowException cut) {
            return false;
        }
    }

    private static boolean areFieldsOf(String type, ByteBuffer key) {
        return switch (type) {
            case ED25519 -> field(key).length == ED25519_BYTES;
            case RSA -> isNumber(field(key), 1) && isNumber(field(key), LEAST_RSA_BYTES);
            default -> {
                var curve = type.substring(ECDSA.length());
                yield text(key).equals(curve) && isPoint(field(key), CURVES.get(curve));
            }
        };
    }

    /** A positive one, without more zeros before it than its sign needs: section 5 of RFC 4251. */
    private static boolean isNumber(byte[] number, int least) {
        var zeros = number.length > 1 && number[0] == 0 && number[1] < 0 ? 1 : 0;
        return number.length - zeros >= least && (zeros == 1 || number[0] > 0);
    }

    private static boolean isPoint(byte[] point, int coordinate) {
        return point.length == 1 + 2 * coordinate && point[0] == UNCOMPRESSED;
    }

    private static String text(ByteBuffer key) {
        return new String(field(key), StandardCharsets.US_ASCII);
    }

    private static byte[] field(ByteBuffer key) {
        var length = key.getInt();
        if (length < 0 || length > key.remaining()) {
            throw new BufferUnderflowException();
        }
        var field = new byte[length];
        key.get(field);
        return field;
    }
}
