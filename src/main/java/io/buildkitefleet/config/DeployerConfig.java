package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Notation;
import io.buildkitefleet.config.value.Repository;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pipelines that deploy the stack, each as a service account without a key.
 *
 * @param branch whose commits are deployed
 * @param repository of which, where the stack has several
 * @param buildkite the jobs at Buildkite that do
 * @param github the workflows at GitHub that do
 */
public record DeployerConfig(
        String branch, Optional<Repository> repository, Optional<Buildkite> buildkite, Optional<GitHub> github) {
    /**
     * At Buildkite.
     *
     * @param up jobs that change the stack
     * @param preview jobs that only look
     */
    public record Buildkite(Optional<Jobs> up, Optional<Jobs> preview) {
        /** Those that there are. */
        public Stream<Jobs> all() {
            return Stream.of(up, preview).flatMap(Optional::stream);
        }

        static Buildkite read(Section in) {
            return new Buildkite(in.optionalSection("up", Jobs::read), in.optionalSection("preview", Jobs::read));
        }
    }

    /**
     * Jobs of a pipeline on a queue.
     *
     * @param pipeline its UUID, which no other pipeline gets when it is renamed or deleted
     * @param queue the queue's key
     * @param cluster the UUID of the cluster at Buildkite that the queue is in
     */
    public record Jobs(String pipeline, String queue, Optional<String> cluster) {
        static Jobs read(Section in) {
            return new Jobs(
                    in.field(
                                    "pipeline",
                                    "Pipeline whose jobs act as this deployer: its id, which is nobody else's ever")
                            .text(Forms.UUID, Forms.UUID_WORDS)
                            .required(),
                    in.field("queue", "Queue on which they do")
                            .text(Forms.LABEL, Forms.LABEL_WORDS)
                            .required(),
                    in.field(
                                    "cluster",
                                    "Cluster at Buildkite that the queue is in: its id, `BUILDKITE_CLUSTER_ID` of any job there")
                            .text(Forms.UUID, Forms.UUID_WORDS)
                            .optional("any with a queue of that key"));
        }
    }

    /**
     * At GitHub, whose names of owners and repositories are anybody's once they are free, and whose numbers are not.
     *
     * @param ownerId of the organization or person whose repository it is
     * @param repositoryId of the repository
     * @param environment the environment of the jobs that change the stack, which asks for reviewers
     * @param previews whether workflows of pull requests look at the stack
     */
    public record GitHub(String ownerId, String repositoryId, String environment, boolean previews) {
        private static final Notation<String> NUMBER = Notation.of(Pattern.compile("[1-9][0-9]{0,18}"), Optional::of);

        /** Those of its characters that mean nothing elsewhere. */
        private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

        static GitHub read(Section in) {
            return new GitHub(
                    number(
                            in,
                            "ownerId",
                            "Number of the owner of the repository that deploys: `gh api repos/OWNER/NAME -q .owner.id`"),
                    number(in, "repositoryId", "Number of the repository: `gh api repos/OWNER/NAME -q .id`"),
                    in.field("environment", "Environment of the job that deploys; let it ask for reviewers")
                            .text(ENVIRONMENT, "the name of an environment, of letters, digits, _ . and -")
                            .required(),
                    in.field("previews", "Whether workflows of its pull requests act as the deployer that only looks")
                            .flag()
                            .orElse(false));
        }

        private static String number(Section in, String key, String doc) {
            return in.field(key, doc)
                    .parsed("a number as GitHub's API shows it, such as 1296269", "0", NUMBER)
                    .required();
        }
    }

    static DeployerConfig read(Section in) {
        return new DeployerConfig(
                in.field("branch", "Branch whose commits are deployed")
                        .text(Notations.BRANCH, "the whole name of a branch, without * or the like")
                        .orElse("main"),
                in.field("repository", "Which of `repositories` its jobs at Buildkite deploy")
                        .parsed(
                                "a repository such as git@github.com:acme/fleet.git",
                                Repository.NONE,
                                Repository.NOTATION)
                        .optional("the only one"),
                in.optionalSection("buildkite", Buildkite::read),
                in.optionalSection("github", GitHub::read));
    }
}
