package io.buildkitefleet.variables;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * A variable that jobs of one queue can open, and only under its own name.
 *
 * <p>The value is encrypted with AES-256 under a password that is made for it alone. The password, the queue, the name
 * and the SHA-256 of the encrypted value are encrypted together with the queue's public key (RSA-OAEP), which nobody
 * can take apart or change; so none of the four can be replaced, and a copy under another name or for another queue
 * does not open. Who wrote the value it does not say: anybody may encrypt for a queue.
 *
 * @param name the variable that the job gets
 * @param sealed {@code fleet1.QUEUE.VERSION.PASSWORD.VALUE}: the last two in Base64, encrypted; the format of the value
 *     is that of {@code openssl enc -pbkdf2}, which jobs open it with
 */
public record EncryptedVariable(String name, String sealed) {
    /** What the variable's name in a pipeline file begins with; {@code open-variable} looks for it. */
    public static final String PREFIX = "SECRET_";

    private static final String FORMAT = "fleet1";

    private static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");

    private static final int LONGEST_NAME = 100;

    /** Half of what Linux lets a variable of a process hold (MAX_ARG_STRLEN, 128 KiB), for what encryption adds. */
    private static final int LONGEST_VALUE = 64 * 1024;

    /**
     * The default of {@code openssl enc -pbkdf2}. The password is random, so that no number of rounds adds anything.
     */
    private static final int ROUNDS = 10_000;

    private static final int PASSWORD_BYTES = 32;
    private static final int SALT_BYTES = 8;
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 16;
    private static final byte[] SALTED = "Salted__".getBytes(StandardCharsets.US_ASCII);

    /**
     * Encrypts a value.
     *
     * @param value its bytes, as the job is to have them
     * @throws VariableException if no job could have a variable of this name or with this value
     */
    public static EncryptedVariable of(VariableKey key, String name, byte[] value) {
        checkName(name);
        checkValue(value);
        try {
            var random = new SecureRandom();
            var password = HexFormat.of().formatHex(bytes(random, PASSWORD_BYTES));
            var body = encrypt(password, bytes(random, SALT_BYTES), value);
            var digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body));
            var bound = String.join("\n", key.queue(), name, password, digest) + "\n";
            var base64 = Base64.getEncoder();
            var sealed = String.join(
                    ".",
                    FORMAT,
                    key.queue(),
                    String.valueOf(key.version()),
                    base64.encodeToString(wrap(key, bound)),
                    base64.encodeToString(body));
            return new EncryptedVariable(name, sealed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java 17 has these algorithms", impossible);
        }
    }

    /** The line of a pipeline file, below {@code env:}. */
    public String line() {
        return PREFIX + name + ": \"" + sealed + "\"";
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw new VariableException("a variable that jobs get is named with capital letters, digits and _ (at most "
                    + LONGEST_NAME + "); got \"" + name + "\"");
        }
        ReservedVariables.refusal(name).ifPresent(reason -> {
            throw new VariableException("the variable " + reason);
        });
    }

    private static void checkValue(byte[] value) {
        if (value.length == 0) {
            throw new VariableException("there is no value: give it on standard input");
        }
        if (value.length > LONGEST_VALUE) {
            throw new VariableException("a variable may hold " + LONGEST_VALUE + " bytes, got " + value.length
                    + "; keep it in Secret Manager (docs/variables.md)");
        }
        for (var octet : value) {
            if (octet == 0) {
                throw new VariableException("a variable can't hold a byte of zero; encode the value, in Base64 say");
            }
        }
    }

    private static byte[] encrypt(String password, byte[] salt, byte[] value) throws GeneralSecurityException {
        var bits = (KEY_BYTES + IV_BYTES) * Byte.SIZE;
        var derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, bits))
                .getEncoded();
        var cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(Arrays.copyOf(derived, KEY_BYTES), "AES"),
                new IvParameterSpec(Arrays.copyOfRange(derived, KEY_BYTES, derived.length)));
        var body = new ByteArrayOutputStream();
        body.writeBytes(SALTED);
        body.writeBytes(salt);
        body.writeBytes(cipher.doFinal(value));
        return body.toByteArray();
    }

    /** As Cloud KMS takes it off: https://cloud.google.com/kms/docs/encrypt-decrypt-rsa */
    private static byte[] wrap(VariableKey key, String text) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                key.publicKey(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(SecureRandom random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
