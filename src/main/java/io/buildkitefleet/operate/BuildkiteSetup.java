package io.buildkitefleet.operate;

import io.buildkitefleet.buildkite.ApiAccess;
import io.buildkitefleet.buildkite.BuildkiteApi;
import io.buildkitefleet.buildkite.BuildkiteCluster;
import io.buildkitefleet.buildkite.BuildkiteException;
import io.buildkitefleet.buildkite.ClusterQueue;
import io.buildkitefleet.buildkite.RetryPolicy;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.text.Listing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the fleet needs at Buildkite: a cluster with its queues and an agent token, and another one for untrusted
 * queues. In which of the organization's clusters they are, nothing says but the agent token, and it to nobody: the
 * cluster that has most of the queues is taken for theirs.
 */
final class BuildkiteSetup {
    static final RetryPolicy PATIENCE = new RetryPolicy(
            Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(20));

    private static final String WHAT = "Buildkite";

    private final Machine machine;
    private final RetryPolicy policy;
    private final Clock clock;

    /** @param clock says whether an agent token is still valid */
    BuildkiteSetup(Machine machine, RetryPolicy policy, Clock clock) {
        this.machine = machine;
        this.policy = policy;
        this.clock = clock;
    }

    List<Prerequisite> examine(Fleet fleet) {
        var page = fleet.config().clustersPage();
        if (machine.variable(ApiAccess.TOKEN).isEmpty()) {
            return List.of(Prerequisite.unknown(
                    WHAT,
                    "not asked whether cluster, queues and agent token are there: that takes " + ApiAccess.TOKEN
                            + ", an API access token with read_clusters (" + ApiAccess.TOKENS_PAGE
                            + "); look yourself",
                    page));
        }
        try {
            var api = new BuildkiteApi(ApiAccess.of(machine::variable), policy, retry -> {});
            return examine(api, fleet);
        } catch (BuildkiteException refused) {
            return List.of(unanswered(refused, fleet));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of(Prerequisite.unknown(WHAT, "the question was interrupted; look yourself", page));
        }
    }

    private static Prerequisite unanswered(BuildkiteException refused, Fleet fleet) {
        return switch (refused.reason()) {
            case NOT_FOUND ->
                Prerequisite.missing(
                        WHAT,
                        "there is no organization " + fleet.config().organization()
                                + ", or the token does not see it (" + refused.getMessage()
                                + "); correct organization in the stack's file, or make a token in it",
                        ApiAccess.TOKENS_PAGE);
            case ACCESS, UNAUTHORIZED, FORBIDDEN ->
                Prerequisite.unknown(
                        WHAT, refused.getMessage() + "; a token with read_clusters", ApiAccess.TOKENS_PAGE);
            case REFUSED, UNAVAILABLE ->
                Prerequisite.unknown(
                        WHAT,
                        refused.getMessage() + "; look yourself",
                        fleet.config().clustersPage());
        };
    }

    private List<Prerequisite> examine(BuildkiteApi api, Fleet fleet) throws InterruptedException {
        var queues = new LinkedHashMap<BuildkiteCluster, List<ClusterQueue>>();
        for (var cluster : api.clusters(fleet.config().organization())) {
            queues.put(cluster, api.queues(cluster));
        }
        var checks = new ArrayList<Prerequisite>();
        for (var keys : List.of(trusted(fleet), untrusted(fleet))) {
            if (!keys.isEmpty()) {
                checks.addAll(cluster(api, fleet, keys, queues));
            }
        }
        return checks;
    }

    private List<Prerequisite> cluster(
            BuildkiteApi api, Fleet fleet, List<String> keys, Map<BuildkiteCluster, List<ClusterQueue>> all)
            throws InterruptedException {
        var page = fleet.config().clustersPage();
        var theirs = all.entrySet().stream()
                .max(Comparator.comparingLong(entry ->
                        keys.stream().filter(key -> has(entry.getValue(), key)).count()))
                .filter(entry -> keys.stream().anyMatch(key -> has(entry.getValue(), key)));
        if (theirs.isEmpty()) {
            return List.of(Prerequisite.missing(
                    "cluster of queues " + Listing.of(keys),
                    "no cluster of " + fleet.config().organization()
                            + " that this token sees has one of them; make the queues in a cluster",
                    page));
        }
        var cluster = theirs.get().getKey();
        var checks = new ArrayList<Prerequisite>();
        for (var key : keys) {
            checks.add(queue(key, cluster, theirs.get().getValue(), page));
        }
        checks.add(tokens(api, cluster, page));
        return checks;
    }

    /** The keys of the queues that one cluster of Buildkite's has. */
    static List<String> trusted(Fleet fleet) {
        return Stream.concat(
                        fleet.trustedQueues().stream().map(Queue::name),
                        fleet.mac().stream().map(mac -> mac.queue()))
                .toList();
    }

    /** The keys of those that another one has. */
    static List<String> untrusted(Fleet fleet) {
        return fleet.queues().stream()
                .filter(queue -> !queue.isTrusted())
                .map(Queue::name)
                .toList();
    }

    private static boolean has(List<ClusterQueue> queues, String key) {
        return queues.stream().anyMatch(queue -> queue.key().equals(key));
    }

    private static Prerequisite queue(String key, BuildkiteCluster cluster, List<ClusterQueue> queues, String page) {
        var what = "queue " + key + " at Buildkite";
        return queues.stream()
                .filter(queue -> queue.key().equals(key))
                .findFirst()
                .map(queue -> queue.pause()
                        .map(pause -> Prerequisite.warning(
                                what,
                                "in cluster " + cluster.name() + ", and paused"
                                        + (pause.by().isEmpty() ? "" : " by " + pause.by())
                                        + ": it gets no jobs; resume it",
                                queue.webUrl()))
                        .orElseGet(() -> Prerequisite.good(what, "in cluster " + cluster.name())))
                .orElseGet(() -> Prerequisite.missing(
                        what,
                        "cluster " + cluster.name() + ", which has others of the fleet's, has no queue " + key
                                + "; make it there",
                        pageOf(cluster, page)));
    }

    /** Buildkite tells no token's value, so that only their number says anything. */
    private Prerequisite tokens(BuildkiteApi api, BuildkiteCluster cluster, String page) throws InterruptedException {
        var what = "agent tokens of cluster " + cluster.name();
        var tokens = api.agentTokens(cluster);
        var valid = tokens.stream()
                .filter(token -> token.isValidAt(clock.instant()))
                .count();
        return valid > 0
                ? Prerequisite.good(what, valid + " valid; whether the stack's is among them, Buildkite does not say")
                : Prerequisite.missing(
                        what,
                        (tokens.isEmpty() ? "there is none" : "all " + tokens.size() + " have expired")
                                + ", so no agent can register; make one",
                        pageOf(cluster, page));
    }

    /** {@code web_url} of https://buildkite.com/docs/apis/rest-api/clusters */
    private static String pageOf(BuildkiteCluster cluster, String page) {
        return page + "/" + cluster.id();
    }
}
