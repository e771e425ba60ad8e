package io.buildkitefleet.config.value;

import java.util.Optional;
import java.util.regex.Matcher;
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
    private static final int LAST_PORT = 65_535;

    /** One server a line, no patterns and no markers: a key that is known for a server is known for no other. */
    private static final Pattern LINE = Pattern.compile(
            ("(?<server>HOST|\\[HOST\\]:(?<port>[1-9][0-9]{0,4})) +" + "(?<type>TYPE) +(?<key>[A-Za-z0-9+/]+={0,2})")
                    .replace("HOST", "[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
                    .replace("TYPE", String.join("|", SshKey.TYPES)));

    /** A line of {@code known_hosts} for one server. */
    public static final Notation<HostKey> NOTATION =
            Notation.of(LINE, HostKey::parse).because(HostKeyFlaw::of);

    /** The key of a line; none if it is not plainly one, or if the key is not whole or not of the line's type. */
    public static Optional<HostKey> parse(String line) {
        var matcher = LINE.matcher(line);
        return Optional.of(matcher)
                .filter(Matcher::matches)
                .filter(found -> Optional.ofNullable(found.group("port"))
                        .map(Integer::valueOf)
                        .filter(port -> !isPort(port))
                        .isEmpty())
                .map(found -> new HostKey(found.group("server"), found.group("type"), found.group("key")))
                .filter(HostKey::isWhole);
    }

    private boolean isWhole() {
        return SshKey.parse(key)
                .filter(SshKey::isWhole)
                .filter(found -> found.type().equals(type))
                .isPresent();
    }

    public String line() {
        return host + " " + type + " " + key;
    }

    /** https://www.rfc-editor.org/rfc/rfc6335#section-6 */
    static boolean isPort(int port) {
        return port >= 1 && port <= LAST_PORT;
    }
}
