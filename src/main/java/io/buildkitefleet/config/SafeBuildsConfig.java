package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Repository;
import java.util.List;

/**
 * Whose builds run on trusted queues without being asked.
 *
 * @param repositories those whose pushes are trusted
 * @param forkOwners accounts, as {@code host/account}, whose forks of these repositories are trusted too
 * @param teams slugs of the Buildkite teams whose members may unblock the build of a fork
 */
public record SafeBuildsConfig(List<Repository> repositories, List<String> forkOwners, List<String> teams) {
    /** @param in the fleet itself, among whose keys these are */
    static SafeBuildsConfig read(Section in) {
        return new SafeBuildsConfig(
                in.field("repositories", "Repositories whose pushes run on trusted queues without being asked")
                        .parsedItemsInPlace(
                                "a repository such as git@github.com:acme/app.git",
                                Repository.NOTATION,
                                Repository.NONE)
                        .orElse(List.of(), "none; every build has to be started or approved by a person"),
                in.field("forkOwners", "Accounts whose forks of these repositories run without being asked too")
                        .texts(Notations.ACCOUNT, "an account with its host, such as github.com/jane")
                        .orElse(List.of()),
                in.field("teams", "Buildkite teams whose members may approve the build of a fork; not secret ones")
                        .texts(Forms.BUILDKITE_SLUG, "the slug of a team")
                        .orElse(List.of("build-authorized"), "`build-authorized`"));
    }
}
