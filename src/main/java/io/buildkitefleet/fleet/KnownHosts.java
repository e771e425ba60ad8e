package io.buildkitefleet.fleet;

import io.buildkitefleet.config.value.HostKey;
import io.buildkitefleet.text.BundledFile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The git servers that checkouts and git mirrors may talk to over ssh: those whose keys are known beforehand. Asking a
 * server for its key, as the agent does by itself, would be to believe whoever answers.
 */
public record KnownHosts(List<HostKey> keys) {
    /** The name of the file among the hooks and beside the script that fills git mirrors. */
    public static final String FILE = "known_hosts";

    private static final String PUBLISHED = "/ssh/known-hosts.txt";

    public KnownHosts {
        keys = List.copyOf(keys);
    }

    /** The keys that were configured, and the published ones of servers for which none is. */
    public static KnownHosts of(List<HostKey> configured) {
        var own = configured.stream().map(HostKey::host).collect(Collectors.toSet());
        return new KnownHosts(Stream.concat(published().filter(key -> !own.contains(key.host())), configured.stream())
                .toList());
    }

    /** Whether a server is known; with its port, if that is not the one of ssh. */
    public boolean has(String host) {
        return keys.stream().anyMatch(key -> key.host().equals(host));
    }

    /** How somebody finds the line of a server, as {@code known_hosts} names it, and what to do with it. */
    public static String scan(String server) {
        var scan = server.startsWith("[")
                ? server.replaceFirst("^\\[(.+)\\]:([0-9]+)$", "ssh-keyscan -p $2 $1")
                : "ssh-keyscan " + server;
        return scan + " prints what answers, which must be compared with what the server's owner publishes";
    }

    /** The file {@code known_hosts}. */
    public String text() {
        return keys.stream().map(key -> key.line() + "\n").collect(Collectors.joining());
    }

    private static Stream<HostKey> published() {
        return BundledFile.text(PUBLISHED)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> HostKey.parse(line).orElseThrow());
    }
}
