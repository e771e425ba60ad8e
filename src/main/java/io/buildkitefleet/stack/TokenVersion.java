package io.buildkitefleet.stack;

import com.pulumi.core.Output;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells one agent token from the next where no store of secrets counts versions. */
final class TokenVersion {
    /** Enough to differ, and too few to say much of what they are made of. */
    private static final int DIGITS = 8;

    private TokenVersion() {}

    /** The first hexadecimal digits of the token's SHA-256, which many other texts have as well: no secret. */
    static Output<String> of(Output<String> token) {
        return token.applyValue(TokenVersion::digest).asPlaintext();
    }

    private static String digest(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Java has no SHA-256", absent);
        }
    }
}
