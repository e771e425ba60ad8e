package io.buildkitefleet.config.value;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A registry of one's own, or a part of one, with copies of what others publish. The name of a copy has that of the
 * original in it, so that no two take each other's place:
 * {@code us-docker.pkg.dev/acme/mirror/ghcr.io/buildkite/agent}.
 *
 * @param address what the names of the copies begin with, without a slash at the end
 * @param repository where it is in Artifact Registry, if it is there
 */
public record RegistryMirror(String address, Optional<ArtifactRepository> repository) {
    public static final String WORDS =
            "a registry or a part of one, such as us-docker.pkg.dev/acme-ci/mirror (LOCATION-docker.pkg.dev/PROJECT/REPOSITORY),"
                    + " without https:// and without a slash at the end";

    /** What nothing is read from: it stands in for one that is refused. */
    public static final RegistryMirror NONE = new RegistryMirror("", Optional.empty());

    private static final Pattern ARTIFACT_REGISTRY = Pattern.compile(
            "(?<location>[a-z]+(?:-[a-z]+\\d{1,2})?)-docker\\.pkg\\.dev/(?<project>[a-z][a-z0-9-]{4,28}[a-z0-9])/"
                    + "(?<repository>[a-z][a-z0-9.-]*)(?:/.+)?");

    private static final Pattern GOOGLE_HOST = Pattern.compile("(?:[^/]+\\.)?(?:pkg\\.dev|gcr\\.io)(?:/.*)?");

    /**
     * The mirror at an address that is that of a registry; none if it is a host of Google's that does not say which
     * repository of Artifact Registry it is: nodes read those alone that they were granted.
     */
    public static Optional<RegistryMirror> parse(String address) {
        var google = ARTIFACT_REGISTRY.matcher(address);
        if (google.matches()) {
            var repository = new ArtifactRepository(
                    google.group("location"), google.group("project"), google.group("repository"));
            return Optional.of(new RegistryMirror(address, Optional.of(repository)));
        }
        return isGoogles(address) ? Optional.empty() : Optional.of(new RegistryMirror(address, Optional.empty()));
    }

    /** Whether an image is kept in a registry of Google's, as the mirror itself may be. */
    public static boolean isGoogles(String reference) {
        return GOOGLE_HOST.matcher(reference).matches();
    }

    /** Whether a name is that of something in it. */
    public boolean holds(String reference) {
        return reference.startsWith(address + "/");
    }
}
