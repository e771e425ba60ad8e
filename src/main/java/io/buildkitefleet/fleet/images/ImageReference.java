package io.buildkitefleet.fleet.images;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The whole name of an image, with what Docker leaves out of names of its own Hub.
 *
 * @param registry the host, with its port if it has one
 * @param path the path of the repository there
 * @param tag without the colon
 * @param digest with its algorithm, as {@code sha256:...}
 */
public record ImageReference(String registry, String path, Optional<String> tag, Optional<String> digest) {
    private static final String HUB = "docker.io";

    private static final Pattern FORM = Pattern.compile("(?<name>[^@]+?)(?::(?<tag>[^:/@]+))?(?:@(?<digest>.+))?");

    /** https://github.com/distribution/reference/blob/v0.6.0/normalize.go has the rule by which a part is a host. */
    private static final Pattern HOST = Pattern.compile("[^/]*[.:][^/]*|localhost");

    /** @param reference as Kubernetes takes it */
    public static ImageReference of(String reference) {
        var parts = FORM.matcher(reference);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the name of an image: \"" + reference + "\"");
        }
        var name = parts.group("name");
        var slash = name.indexOf('/');
        var tag = Optional.ofNullable(parts.group("tag"));
        var digest = Optional.ofNullable(parts.group("digest"));
        if (slash > 0 && HOST.matcher(name.substring(0, slash)).matches()) {
            return new ImageReference(name.substring(0, slash), name.substring(slash + 1), tag, digest);
        }
        return new ImageReference(HUB, slash < 0 ? "library/" + name : name, tag, digest);
    }

    /** All of it but tag and digest. */
    public String repository() {
        return registry + "/" + path;
    }

    /** The same name, which then means whatever the registry says. */
    public ImageReference withoutDigest() {
        return new ImageReference(registry, path, tag, Optional.empty());
    }

    /** The same name, which a registry need not have a tag for. */
    public ImageReference withoutTag() {
        return new ImageReference(registry, path, Optional.empty(), digest);
    }

    /** What Kubernetes takes. */
    @Override
    public String toString() {
        return repository()
                + tag.map(version -> ":" + version).orElse("")
                + digest.map(seen -> "@" + seen).orElse("");
    }
}
