package io.buildkitefleet.config.value;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why a line of {@code known_hosts} is refused although ssh may take it, and how it is written instead. */
final class HostKeyFlaw {
    private record Reason(Predicate<HostKeyFlaw> holds, String words) {}

    /** In this order: the first that holds is told. */
    private static final List<Reason> REASONS = List.of(
            new Reason(flaw -> flaw.line.isBlank(), "it is empty: leave it out"),
            new Reason(flaw -> flaw.line.startsWith("#"), "it is a comment"),
            new Reason(
                    flaw -> flaw.line.strip().contains("\n"), "it is several lines: write each as an item of the list"),
            new Reason(
                    flaw -> flaw.server().startsWith("@"),
                    "it begins with a marker, and is for more than the key of one server"),
            new Reason(
                    flaw -> flaw.server().startsWith("|"),
                    "its server is hashed: write the name, as ssh-keyscan prints it without -H"),
            new Reason(flaw -> SshKey.TYPES.contains(flaw.server()), "its server is missing"),
            new Reason(flaw -> flaw.server().contains(","), "it names several servers: write a line for each"),
            new Reason(
                    flaw -> flaw.server().matches(".*[*?!].*"),
                    "its server is a pattern, which may mean more than one: write a line for each"),
            new Reason(
                    flaw -> flaw.server().matches("[^\\[\\]:]+:[0-9]+"),
                    "a server with a port is written [git.example.com]:2222"),
            new Reason(
                    flaw -> flaw.server().matches("\\[[^\\[\\]]*\\]:?"),
                    "a server in brackets has a port, as in [git.example.com]:2222: write it, or leave out the brackets"),
            new Reason(flaw -> !flaw.isPortOne(), "a port is a number from 1 to 65535, without zeros before it"),
            new Reason(
                    flaw -> !flaw.server().equals(flaw.server().toLowerCase(Locale.ROOT)),
                    "a server is written in lower case"),
            new Reason(flaw -> flaw.words.size() == 1, "its kind of key and its key are missing"),
            new Reason(
                    flaw -> !SshKey.TYPES.contains(flaw.words.get(1)),
                    "its kind of key must be one of " + String.join(", ", SshKey.TYPES)),
            new Reason(flaw -> flaw.words.size() == 2, "its key is missing"),
            new Reason(flaw -> flaw.words.size() > 3, "leave out what stands behind the key"),
            new Reason(HostKeyFlaw::isOfAnotherType, "its key is of another kind than the line says"),
            new Reason(
                    flaw -> !flaw.isWhole(),
                    "its key is not whole, or has more behind its end: copy it anew from what ssh-keyscan prints"),
            new Reason(flaw -> flaw.line.strip().contains("\t"), "write blanks instead of tabs"),
            new Reason(
                    flaw -> HostKey.parse(String.join(" ", flaw.words)).isPresent(),
                    "leave out blanks and line ends around it"));

    private final String line;
    private final List<String> words;

    private HostKeyFlaw(String line) {
        this.line = line;
        this.words = Stream.of(line.strip().split("\\s+")).toList();
    }

    /** Of a line that is no {@link HostKey}; nothing if it is none that can be told in a few words. */
    static Optional<String> of(String line) {
        var flaw = new HostKeyFlaw(line);
        return REASONS.stream()
                .filter(reason -> reason.holds().test(flaw))
                .map(Reason::words)
                .findFirst();
    }

    private String server() {
        return words.get(0);
    }

    private boolean isPortOne() {
        var port = server().replaceFirst("^\\[[^\\[\\]]*\\]:", "");
        return port.equals(server()) || port.matches("[1-9][0-9]{0,4}") && HostKey.isPort(Integer.parseInt(port));
    }

    private Optional<SshKey> key() {
        return SshKey.parse(words.get(2));
    }

    private boolean isWhole() {
        return key().filter(SshKey::isWhole).isPresent();
    }

    private boolean isOfAnotherType() {
        return key().filter(key -> !key.type().equals(words.get(1))).isPresent();
    }
}
