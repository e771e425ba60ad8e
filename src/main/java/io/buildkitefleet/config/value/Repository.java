package io.buildkitefleet.config.value;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A git repository, whichever way it is written.
 *
 * @param host the host, with the port if one is written
 * @param path the path without {@code .git}
 * @param overSsh whether it is reached over ssh
 */
public record Repository(String host, String path, boolean overSsh) {
    /** On no server. */
    public static final Repository NONE = new Repository("", "", false);

    private static final String SSH_PORT = ":22";

    private static final String SEGMENT = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

    /**
     * What plainly names one repository. Accounts other than {@code git}, passwords, home directories and capital
     * letters in hosts are left out: servers differ in what they make of them. The hook {@code pre-bootstrap} reads
     * addresses by the same rule.
     */
    private static final Pattern FORM = Pattern.compile(
            "(?:(?:https://|ssh://git@)(?<urlHost>HOST(?::[0-9]{1,5})?)/|git@(?<host>HOST):)(?<path>SEGMENT(?:/SEGMENT)+)"
                    .replace("HOST", "[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
                    .replace("SEGMENT", SEGMENT));

    /** Their repositories have an owner and a name; what stands behind those in a browser is a page about one. */
    private static final String HOST_OF_TWO_PARTS = "(?:(?:ssh\\.)?github\\.com|bitbucket\\.org)(?::[0-9]{1,5})?";

    private static final String IN_TWO_PARTS =
            "(?:https://HOST/|ssh://git@HOST/|git@HOST:)".replace("HOST", HOST_OF_TWO_PARTS) + SEGMENT + "/" + SEGMENT;

    /** How it is written in a configuration. */
    private static final Pattern WRITTEN = Pattern.compile("(?!" + IN_TWO_PARTS + "/)(?:" + FORM + ")");

    private static final String HOST = "(?<host>[a-z0-9-]+(?:\\.[a-z0-9-]+)+)";

    private static final String PATH = "(?<path>SEGMENT(?:/SEGMENT)+)".replace("SEGMENT", SEGMENT);

    private static final String HOST_WITH_CAPITALS = "(?=[^/:]*\\.)[A-Za-z0-9.-]*[A-Z][A-Za-z0-9.-]*[:/].*";

    /** No word is said of whom to be there: where the repository is, is all that is sure. */
    private static final Flaws FLAWS = Flaws.none()
            .and(".*[*].*", "each repository is named: an asterisk stands for nothing here")
            .and(".*[?#%].*", "leave out what is no part of the repository's own address")
            .and("https://[^/@]+(?:/SEGMENT)+(?<rest>/-/.*)".replace("SEGMENT", SEGMENT), "leave out ${rest}")
            .and("(?!git@[^/]+:[0-9]+/)" + IN_TWO_PARTS + "(?<rest>/.+)", "leave out ${rest}")
            .and("(?:[a-z]+://(?:git@)?|git@)?" + HOST_WITH_CAPITALS, "a host is written in small letters")
            .and("(?:https|ssh)://.*/", "leave out the slash at its end")
            .and("(?:http|git)://" + HOST + "/" + PATH, "write https:// before ${host}/${path}")
            .and(
                    "ssh://" + HOST + "(?<port>:[0-9]{1,5})?/" + PATH,
                    "its user, git, is missing: ssh://git@${host}${port}/${path}")
            .and("git@" + HOST + "/" + PATH, "write a colon behind the host: git@${host}:${path}")
            .and("git@" + HOST + ":/+" + PATH, "leave out the slash behind the colon")
            .and(HOST + "[/:](?![0-9]+/)" + PATH, "write it as git@${host}:${path}, or as https://${host}/${path}")
            .and("(?:ssh://)?(?!git@)[^@/:\\s]+@.*", "its user must be git")
            .and("[A-Za-z0-9_-]+/[A-Za-z0-9_.-]+", "its host is missing")
            .and(
                    "(?:https://[^/@]+|(?:ssh://)?git@[^/:]+)(?:[:/][^/]*)?",
                    "its path has two parts or more, such as acme/app");

    /** {@code git@github.com:acme/app.git}. */
    public static final Notation<Repository> NOTATION =
            Notation.of(WRITTEN, Repository::parse).because(FLAWS::of);

    /** The same, where the address stays as it is written. */
    public static final Notation<String> ADDRESS = Notation.of(
                    WRITTEN, address -> parse(address).map(repository -> address))
            .because(FLAWS::of);

    /** The repository of an address such as {@code git@github.com:acme/app.git}; none if it is not plainly one. */
    public static Optional<Repository> parse(String address) {
        var matcher = FORM.matcher(address);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var host = Optional.ofNullable(matcher.group("urlHost")).orElseGet(() -> matcher.group("host"));
        return Optional.of(
                new Repository(host, matcher.group("path").replaceFirst("\\.git$", ""), !address.startsWith("https:")));
    }

    /** The server as a file {@code known_hosts} names it, if it is reached over ssh. */
    public Optional<String> sshServer() {
        var server = host.endsWith(SSH_PORT) ? host.substring(0, host.length() - SSH_PORT.length()) : host;
        return Optional.of(server.replaceFirst("^(.+):([0-9]+)$", "[$1]:$2")).filter(known -> overSsh);
    }

    /** Two addresses of one repository are the same one, whichever way they are reached. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Repository repository && normalForm().equals(repository.normalForm());
    }

    @Override
    public int hashCode() {
        return normalForm().hashCode();
    }

    /** The one way in which it is compared: {@code github.com/acme/app}. */
    public String normalForm() {
        return host + "/" + path;
    }
}
