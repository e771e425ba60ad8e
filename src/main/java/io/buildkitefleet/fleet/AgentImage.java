package io.buildkitefleet.fleet;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image that runs the agent beside a job, as far as it tells the agent's version. A digest alone tells
 * nothing.
 *
 * @param repository all before the tag
 * @param tag empty if there is none
 * @param isPinned whether it has a digest
 */
public record AgentImage(String repository, String tag, boolean isPinned) {
    /** The last version whose hooks run in an order that the check of the commit can rely on. */
    public static final int NEWEST = 3;

    private static final Pattern REFERENCE = Pattern.compile("(.+?)(?::([^:/@]+))?(@.+)?");

    /** Buildkite's own repositories, and mirrors of them that keep their path: the tags are Buildkite's. */
    private static final Pattern OFFICIAL = Pattern.compile("(?:.*/)?(?:buildkite/agent|buildkite/agent-docker/agent)");

    /** What Buildkite makes of a version: 3, 3.136, 3.136.2, each also with -ubuntu-24.04 or the like. */
    private static final Pattern OFFICIAL_VERSION = Pattern.compile("v?(\\d+)(?:\\.\\d+)*(?:-.+)?");

    /** Images that are called like it, as the fleet's own image is in the documentation. */
    private static final Pattern NAMESAKE = Pattern.compile("(?:.*/)?(?:buildkite-)?agent");

    /** Less than that can be the number of a build, a day, or the beginning of a commit's hash. */
    private static final Pattern NAMESAKE_VERSION = Pattern.compile("v?(\\d{1,2})\\.\\d+\\.\\d+(?:-.+)?");

    public static AgentImage of(String reference) {
        var parts = REFERENCE.matcher(reference);
        if (!parts.matches()) {
            throw new IllegalArgumentException("an empty name of an image");
        }
        return new AgentImage(
                parts.group(1), Optional.ofNullable(parts.group(2)).orElse(""), parts.group(3) != null);
    }

    /** Whether its name says that the agent in it is too new. */
    public boolean isTooNew() {
        return majorVersion().filter(major -> major > NEWEST).isPresent();
    }

    /** Whether its name means whichever version Buildkite has released last. */
    public boolean isMoving() {
        return isOfficial() && !isPinned && majorVersion().isEmpty();
    }

    private boolean isOfficial() {
        return OFFICIAL.matcher(repository).matches();
    }

    private Optional<Integer> majorVersion() {
        if (isOfficial()) {
            return major(OFFICIAL_VERSION.matcher(tag));
        }
        return NAMESAKE.matcher(repository).matches() ? major(NAMESAKE_VERSION.matcher(tag)) : Optional.empty();
    }

    private static Optional<Integer> major(Matcher version) {
        return version.matches() ? Optional.of(Integer.parseInt(version.group(1))) : Optional.empty();
    }
}
