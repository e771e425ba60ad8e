package io.buildkitefleet.config.value;

import java.util.Map;
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

    /** A project of a domain has that before its name, where its id has {@code example.com:project}. */
    private static final Pattern ARTIFACT_REGISTRY = Pattern.compile(
            "(?<location>[a-z]+(?:-[a-z]+\\d{1,2})?)-docker\\.pkg\\.dev/(?<project>(?:[a-z0-9-]+(?:\\.[a-z0-9-]+)+/)?"
                    + "[a-z][a-z0-9-]{4,28}[a-z0-9])/(?<repository>[a-z][a-z0-9.-]*)(?:/.+)?");

    private static final String CONTAINER_REGISTRY = "gcr.io";

    /**
     * Where Artifact Registry keeps what the hosts of Container Registry had, each in a repository of the host's name:
     * https://docs.cloud.google.com/artifact-registry/docs/transition/gcr-repositories
     */
    private static final Map<String, String> LOCATIONS_OF_HOSTS =
            Map.of(CONTAINER_REGISTRY, "us", "us.gcr.io", "us", "eu.gcr.io", "europe", "asia.gcr.io", "asia");

    private static final Pattern GOOGLE_HOST = Pattern.compile("(?:[^/]+\\.)?(?:pkg\\.dev|gcr\\.io)(?:/.*)?");

    /**
     * The mirror at an address that is that of a registry; none if it is a host of Google's that does not say which
     * repository of Artifact Registry it is: nodes read those alone that they were granted.
     */
    public static Optional<RegistryMirror> parse(String address) {
        var google = ARTIFACT_REGISTRY.matcher(address);
        if (google.matches()) {
            var repository = new ArtifactRepository(
                    google.group("location"), google.group("project").replace('/', ':'), google.group("repository"));
            return Optional.of(new RegistryMirror(address, Optional.of(repository)));
        }
        return isGoogles(address) ? Optional.empty() : Optional.of(new RegistryMirror(address, Optional.empty()));
    }

    /** Why an address is none, where more can be said than what one is. */
    public static Optional<String> flaw(String address) {
        var slash = address.indexOf('/');
        var host = slash < 0 ? address : address.substring(0, slash);
        if (!host.equals(CONTAINER_REGISTRY) && !host.endsWith("." + CONTAINER_REGISTRY)) {
            return Optional.empty();
        }
        var shutDown = "Container Registry is shut down";
        return Optional.of(Optional.ofNullable(LOCATIONS_OF_HOSTS.get(host))
                .map(location -> shutDown + ", and what is at " + host
                        + " now is a repository of Artifact Registry: use "
                        + location + "-docker.pkg.dev/" + (slash < 0 ? "PROJECT" : address.substring(slash + 1)) + "/"
                        + host)
                .orElse(shutDown + ", and " + host + " is Google's own: make a repository in Artifact Registry"));
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
