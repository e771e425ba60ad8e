package io.buildkitefleet.fleet.identity;

import io.buildkitefleet.text.CelLiteral;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tokens of jobs of GitHub's workflows. What they claim:
 * https://docs.github.com/en/actions/reference/security/oidc. Owners and repositories are known by their numbers,
 * because their names are anybody's once they are free.
 *
 * @param repositoryId the number of the repository, also where the workflow is that of a pull request
 * @param demanded the claims that have to have one value, with it
 */
public record WorkflowTokens(String repositoryId, Map<String, String> demanded) implements FederatedTokens {
    /** Who issues them: https://docs.github.com/en/actions/reference/security/oidc */
    public static final String ISSUER = "https://token.actions.githubusercontent.com";

    /** The attribute of an identity that names its repository. */
    public static final String REPOSITORY = "repository";

    private static final String REPOSITORY_ID = "repository_id";

    public WorkflowTokens {
        demanded = Map.copyOf(demanded);
    }

    /**
     * Of jobs that run a commit of a branch, in an environment that may ask for reviewers. The event keeps out
     * {@code pull_request_target}, which names the branch too, and whose workflow may check out what anybody wrote.
     */
    public static WorkflowTokens ofBranch(String ownerId, String repositoryId, String branch, String environment) {
        return new WorkflowTokens(
                repositoryId,
                Map.of(
                        "repository_owner_id",
                        ownerId,
                        "event_name",
                        "push",
                        "ref",
                        "refs/heads/" + branch,
                        "environment",
                        environment));
    }

    /**
     * Of jobs of pull requests into a branch. No claim tells a fork; GitHub gives forks no token unless a private
     * repository says so.
     */
    public static WorkflowTokens ofPullRequests(String ownerId, String repositoryId, String branch) {
        return new WorkflowTokens(
                repositoryId, Map.of("repository_owner_id", ownerId, "event_name", "pull_request", "base_ref", branch));
    }

    /** What an identity is made of; the subject, which Google's audit log shows, leads to the run. */
    public static Map<String, String> attributes() {
        return Map.of("google.subject", "assertion.run_id", "attribute." + REPOSITORY, "assertion." + REPOSITORY_ID);
    }

    @Override
    public String issuer() {
        return ISSUER;
    }

    @Override
    public String provider() {
        return "github";
    }

    @Override
    public String owner() {
        return "Workflows of the repository " + repositoryId;
    }

    @Override
    public Map<String, String> mapping() {
        return attributes();
    }

    @Override
    public Map.Entry<String, String> identity() {
        return Map.entry(REPOSITORY, repositoryId);
    }

    @Override
    public String condition() {
        return "assertion." + REPOSITORY_ID + " == " + CelLiteral.of(repositoryId)
                + demanded.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(claim -> " && assertion." + claim.getKey() + " == " + CelLiteral.of(claim.getValue()))
                        .collect(Collectors.joining());
    }
}
