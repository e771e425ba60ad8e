package io.buildkitefleet.fleet;

import io.buildkitefleet.config.DeployerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.value.Repository;
import io.buildkitefleet.config.value.Trust;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which builds may run on trusted queues, as the hook {@code pre-bootstrap} is told.
 *
 * @param repositories those whose pushes are trusted, in the form in which they are compared
 * @param forkOwners accounts whose forks are trusted, as {@code host/account}
 * @param teams slugs of the teams whose members may approve
 * @param untrustedQueues where what is refused may run
 * @param deployment the jobs that deploy the stack, if a queue has some
 */
public record SafeBuilds(
        List<String> repositories,
        List<String> forkOwners,
        List<String> teams,
        List<String> untrustedQueues,
        Optional<Deployment> deployment) {
    /**
     * Jobs that deploy, which whoever starts the build must not be able to change.
     *
     * @param queue on which they run
     * @param pipeline whose they are, by its id
     * @param repository of which they are, in the form in which it is compared; none where that is not known
     */
    public record Deployment(String queue, String pipeline, Optional<String> repository) {
        static Optional<Deployment> of(FleetConfig config) {
            return config.deployer().flatMap(deployer -> deployer.buildkite()
                    .flatMap(DeployerConfig.Buildkite::up)
                    .map(jobs -> new Deployment(
                            jobs.queue(),
                            jobs.pipeline(),
                            deployer.repository()
                                    .or(() -> only(config.safeBuilds().repositories()))
                                    .map(Repository::normalForm))));
        }

        private static Optional<Repository> only(List<Repository> repositories) {
            return repositories.stream().distinct().count() == 1 ? Optional.of(repositories.get(0)) : Optional.empty();
        }

        private Stream<String> policy() {
            return Stream.concat(
                    lines("deploying-pipeline", List.of(pipeline)),
                    lines("deploying-repository", repository.stream().toList()));
        }
    }

    /** A further line of the policy, on the queue whose jobs upload pipelines and do nothing else. */
    public static final String UPLOAD_ONLY = "upload-only yes\n";

    /** A further line, on a queue whose jobs find what those before them left. */
    private static final String KEEPS_DIRECTORIES = "keeps-directories yes\n";

    /** The hook's name for its policy. */
    public static final String FILE = "safe-builds";

    /** Begins a line of the policy that names branches, on a queue that is for these alone. */
    public static final String ONLY_BRANCH = "only-branch";

    static SafeBuilds of(FleetConfig config) {
        var rules = config.safeBuilds();
        return new SafeBuilds(
                rules.repositories().stream().map(Repository::normalForm).toList(),
                rules.forkOwners(),
                rules.teams(),
                config.queues().entrySet().stream()
                        .filter(queue -> queue.getValue().trust() == Trust.UNTRUSTED)
                        .map(queue -> queue.getKey())
                        .toList(),
                Deployment.of(config));
    }

    /** The policy of every trusted queue, for the hook: a line of a word and a value for each. */
    public String policy() {
        return Stream.of(
                        lines("repository", repositories),
                        lines("fork-owner", forkOwners),
                        lines("team", teams),
                        lines("untrusted-queue", untrustedQueues))
                .flatMap(lines -> lines)
                .collect(Collectors.joining());
    }

    /** The policy of an agent outside the cluster, whose machine keeps whatever a job leaves. */
    public String policyOutside() {
        return policy() + KEEPS_DIRECTORIES;
    }

    /** The policy of one queue, which may be for some builds alone. */
    public String policyOf(Queue queue) {
        var only = queue.only().stream()
                .flatMap(limits -> Stream.concat(
                        lines(ONLY_BRANCH, limits.branches()), lines("only-pipeline", limits.pipelines())));
        var deploys = deployment.filter(jobs -> jobs.queue().equals(queue.name())).stream()
                .flatMap(Deployment::policy);
        var keeps = queue.config().warm().isEmpty() ? "" : KEEPS_DIRECTORIES;
        return Stream.concat(only, deploys)
                .collect(Collectors.joining("", policy(), keeps + (queue.signs() ? UPLOAD_ONLY : "")));
    }

    private static Stream<String> lines(String word, List<String> values) {
        return values.stream().map(value -> word + " " + value + "\n");
    }
}
