package io.buildkitefleet.buildkite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** What the REST API shows of what there is, in the fields that the documents show. */
final class StandInObjects {
    private static final String CREATED = "2026-05-03T04:17:55.867Z";

    /** States of a job that an agent has. */
    private static final Set<String> WITH_AGENT = Set.of("ASSIGNED", "ACCEPTED", "RUNNING", "CANCELING", "TIMING_OUT");

    private final String api;
    private final String web = "https://buildkite.com/organizations/" + StandInState.ORGANIZATION;

    /** @param address of the API */
    StandInObjects(String address) {
        this.api = address + "/v2/organizations/" + StandInState.ORGANIZATION;
    }

    Map<String, Object> token(StandInState.Token token) {
        return StandInAnswers.TABLE.object(
                "token",
                Map.of(
                        "uuid", "b63254c0-3271-4a98-8270-7cfbd6c2f14e",
                        "scopes", new TreeSet<>(token.scopes()),
                        "description", "a token of the tests",
                        "created_at", "2026-07-16 06:07:42 UTC",
                        "user", Map.of("email", "jane@example.com", "name", token.user())));
    }

    Map<String, Object> cluster(StandInState.Cluster cluster) {
        var path = "/clusters/" + cluster.id();
        return StandInAnswers.TABLE.object(
                "cluster",
                Map.of(
                        "id",
                        cluster.id(),
                        "graphql_id",
                        StandInState.graphqlId("Cluster", cluster.id()),
                        "name",
                        cluster.name(),
                        "maintainers",
                        Map.of("users", List.of(), "teams", List.of()),
                        "url",
                        api + path,
                        "web_url",
                        web + path,
                        "queues_url",
                        api + path + "/queues",
                        "created_at",
                        CREATED));
    }

    Map<String, Object> agentToken(StandInState.Cluster cluster, AgentToken token) {
        var id = UUID.randomUUID().toString();
        var path = "/clusters/" + cluster.id();
        var values = new HashMap<String, Object>(Map.of(
                "id",
                id,
                "graphql_id",
                StandInState.graphqlId("ClusterToken", id),
                "description",
                token.description(),
                "url",
                api + path + "/tokens/" + id,
                "cluster_url",
                api + path,
                "created_at",
                CREATED));
        token.expiresAt().ifPresent(end -> values.put("expires_at", end.toString()));
        return StandInAnswers.TABLE.object("agentToken", values);
    }

    Map<String, Object> queue(StandInState.Queue queue) {
        var path = path(queue);
        var values = new HashMap<String, Object>(Map.of(
                "id",
                queue.id,
                "graphql_id",
                queue.graphqlId(),
                "key",
                queue.key,
                "url",
                api + path,
                "web_url",
                web + path,
                "cluster_url",
                api + "/clusters/" + queue.cluster.id(),
                "retry_agent_affinity",
                "prefer-warmest",
                "created_at",
                CREATED,
                "dispatch_paused",
                queue.pause.isPresent()));
        queue.pause.ifPresent(pause -> {
            values.put("dispatch_paused_by", Map.of("name", pause.by()));
            values.put("dispatch_paused_at", pause.at().toString());
            values.put("dispatch_paused_note", pause.note().isEmpty() ? null : pause.note());
        });
        return StandInAnswers.TABLE.object("queue", values);
    }

    /** One for each job that has one: an agent of the fleet has one job in its life. */
    Stream<Map<String, Object>> agents(StandInState.Queue queue) {
        return queue.jobs.stream()
                .filter(job -> WITH_AGENT.contains(job.state))
                .map(job -> StandInAnswers.TABLE.object(
                        "agent",
                        Map.of(
                                "id",
                                job.id,
                                "web_url",
                                web + path(queue) + "/agents/" + job.id,
                                "name",
                                queue.key + "-" + job.id,
                                "connection_state",
                                "connected",
                                "queue",
                                queue.key,
                                "created_at",
                                CREATED,
                                "job",
                                Map.of("id", job.id),
                                "meta_data",
                                List.of("queue=" + queue.key))));
    }

    private static String path(StandInState.Queue queue) {
        return "/clusters/" + queue.cluster.id() + "/queues/" + queue.id;
    }
}
