package io.buildkitefleet.config;

import io.buildkitefleet.config.value.Repository;
import java.util.List;

/**
 * Whose builds run on trusted queues without being asked.
 *
 * @param repositories those whose pushes are trusted
 * @param forkOwners accounts, as {@code host/account}, whose forks of these repositories are trusted too
 * @param teams slugs of the Buildkite teams whose members may unblock the build of a fork
 */
public record SafeBuildsConfig(List<Repository> repositories, List<String> forkOwners, List<String> teams) {}
