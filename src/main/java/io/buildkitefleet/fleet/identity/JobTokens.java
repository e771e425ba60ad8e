package io.buildkitefleet.fleet.identity;

import io.buildkitefleet.config.value.Pipeline;
import io.buildkitefleet.text.CelLiteral;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tokens of jobs by which Google Cloud takes them for an identity of their queue or for a deployer. Buildkite
 * issues them, one job at a time, to the agent that runs the job; what they claim:
 * https://buildkite.com/docs/agent/cli/reference/oidc
 *
 * @param organizationId the UUID of the organization whose jobs they are; anybody can have the slug once it is free
 * @param cluster the UUID of the cluster at Buildkite that the queue is in; without it a queue of this key counts in
 *     each
 * @param queue whose jobs they are
 * @param pipelines of which, by slug or UUID
 * @param branches of whose builds; empty for all
 * @param forks whether builds of forks count, whose branches Buildkite calls {@code owner:branch} where the pipeline
 *     says so
 */
public record JobTokens(
        String organizationId,
        Optional<String> cluster,
        String queue,
        List<Pipeline> pipelines,
        List<String> branches,
        boolean forks)
        implements FederatedTokens {
    /** Who issues them: https://buildkite.com/docs/agent/cli/reference/oidc#oidc-urls */
    public static final String ISSUER = "https://agent.buildkite.com";

    /** What ids of providers begin with, before the name of a queue. */
    public static final String PROVIDER_PREFIX = "bk-";

    /** The attribute of an identity that names its queue. */
    public static final String QUEUE = "queue";

    /** The term of a condition that keeps out forks; no branch of git's has a colon. */
    public static final String NO_FORK = "!assertion.build_branch.contains(':')";

    public JobTokens {
        pipelines = List.copyOf(pipelines);
        branches = List.copyOf(branches);
    }

    /** Those of forks, too: what a queue runs, its hooks say. */
    public JobTokens(String organizationId, String queue, List<Pipeline> pipelines, List<String> branches) {
        this(organizationId, Optional.empty(), queue, pipelines, branches, true);
    }

    /**
     * What an identity is made of. The subject is what Google's audit log shows and may have 127 characters
     * (https://github.com/hashicorp/terraform-provider-google-beta/blob/main/google-beta/services/iambeta/resource_iam_workload_identity_pool_provider.go).
     * Buildkite's own has the branch, the commit and the step, and no end; so it is the job, which leads to all of
     * them.
     */
    public static Map<String, String> attributes() {
        return Map.of("google.subject", "assertion.job_id", "attribute." + QUEUE, "assertion.queue_key");
    }

    @Override
    public String issuer() {
        return ISSUER;
    }

    @Override
    public String provider() {
        return PROVIDER_PREFIX + queue;
    }

    @Override
    public String owner() {
        return "Jobs of the queue " + queue;
    }

    @Override
    public Map<String, String> mapping() {
        return attributes();
    }

    @Override
    public Map.Entry<String, String> identity() {
        return Map.entry(QUEUE, queue);
    }

    /**
     * The condition that a token has to meet, in the Common Expression Language. A token that lacks a claim of it is
     * none of these: those that an agent has to ask for are in the hook {@code google-token}.
     */
    @Override
    public String condition() {
        return Stream.of(
                        Optional.of("assertion.organization_id == '" + organizationId + "'"),
                        cluster.map(id -> "assertion.cluster_id == '" + id + "'"),
                        Optional.of("assertion.queue_key == '" + queue + "'"),
                        ofPipelines(),
                        oneOf("build_branch", branches),
                        Optional.of(NO_FORK).filter(term -> !forks))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" && "));
    }

    /**
     * What the hook {@code google-credentials} reads beside it: a line of a word and a value for each.
     *
     * @param audience whom the tokens are for
     * @param account the address of the service account that they open
     */
    public static String settings(String audience, String account) {
        return "audience " + audience + "\nservice-account " + account + "\n";
    }

    /** What the steps that deploy read besides: the branch, where it is another than they take without it. */
    public String branchSetting() {
        return branches.stream()
                .filter(branch -> !branch.equals("main"))
                .map(branch -> "branch " + branch + "\n")
                .collect(Collectors.joining());
    }

    private Optional<String> ofPipelines() {
        var slugs = oneOf("pipeline_slug", names(pipeline -> !pipeline.isId()));
        var ids = oneOf("pipeline_id", names(Pipeline::isId));
        return slugs.isPresent() && ids.isPresent()
                ? Optional.of("(" + slugs.get() + " || " + ids.get() + ")")
                : slugs.or(() -> ids);
    }

    private List<String> names(Predicate<Pipeline> which) {
        return pipelines.stream().filter(which).map(Pipeline::name).toList();
    }

    private static Optional<String> oneOf(String claim, List<String> values) {
        return Optional.of(values)
                .filter(list -> !list.isEmpty())
                .map(list -> "assertion." + claim + " in " + CelLiteral.of(list));
    }
}
