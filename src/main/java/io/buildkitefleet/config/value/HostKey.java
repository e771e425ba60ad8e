package io.buildkitefleet.config.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public key by which a server is known to ssh: a line of a file {@code known_hosts}
 * (https://man.openbsd.org/sshd.8#SSH_KNOWN_HOSTS_FILE_FORMAT).
 *
 * @param host the server, as {@code [host]:port} where the port is not that of ssh
 * @param type the kind of key
 * @param key the key itself, in Base64
 */
public record HostKey(String host, String type, String key) {
    static final List<String> TYPES =
            List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa");

    /** One server a line, no patterns and no markers: a key that is known for a server is known for no other. */
    private static final Pattern LINE = Pattern.compile("(HOST|\\[HOST\\]:[0-9]{1,5}) +(TYPE) +([A-Za-z0-9+/]+={0,2})"
            .replace("HOST", "[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
            .replace("TYPE", String.join("|", TYPES)));

    /** The length of the type, which a key begins with. */
    private static final int LENGTH_BYTES = 4;

    /** The key of a line; none if it is not plainly one, or if the key is not of the type that the line says. */
    public static Optional<HostKey> parse(String line) {
        var matcher = LINE.matcher(line);
        if (!matcher.matches() || !isOfType(matcher.group(3), matcher.group(2))) {
            return Optional.empty();
        }
        return Optional.of(new HostKey(matcher.group(1), matcher.group(2), matcher.group(3)));
    }

    /** Why a line is none, if that can be told in a few words. */
    public static Optional<String> flaw(String line) {
        return HostKeyFlaw.of(line);
    }

    public String line() {
        return host + " " + type + " " + key;
    }

    static boolean isOfType(String base64, String type) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            var name = type.getBytes(StandardCharsets.US_ASCII);
            var end = LENGTH_BYTES + name.length;
            return bytes.length > end
                    && bytes[LENGTH_BYTES - 1] == name.length
                    && Arrays.equals(Arrays.copyOfRange(bytes, LENGTH_BYTES, end), name);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
