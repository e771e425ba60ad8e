package io.buildkitefleet.buildkite;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What the organization of the stand-in has. Its monitor guards all that is in it. */
final class StandInState {
    static final String ORGANIZATION = "acme";

    private final Map<String, Token> tokens = new TreeMap<>();
    private final List<Cluster> clusters = new ArrayList<>();

    /** @param user whose it is, by name */
    record Token(String user, Set<String> scopes) {}

    record Cluster(String id, String name, List<Queue> queues, List<AgentToken> tokens) {}

    /** A queue, which whoever holds the monitor changes. */
    static final class Queue {
        final String id = UUID.randomUUID().toString();
        final Cluster cluster;
        final String key;
        final List<Job> jobs = new ArrayList<>();
        Optional<Pause> pause = Optional.empty();

        private Queue(Cluster cluster, String key) {
            this.cluster = cluster;
            this.key = key;
        }

        String graphqlId() {
            return StandInState.graphqlId("ClusterQueue", id);
        }
    }

    record Pause(String by, String note, Instant at) {}

    /** A job, whose state whoever holds the monitor changes. */
    static final class Job {
        final String id = UUID.randomUUID().toString();
        final Queue queue;
        String state;

        private Job(Queue queue, String state) {
            this.queue = queue;
            this.state = state;
        }
    }

    synchronized void addToken(String token, String user, Set<String> scopes) {
        tokens.put(token, new Token(user, scopes));
    }

    synchronized void revoke(String token) {
        tokens.remove(token);
    }

    synchronized Optional<Token> token(String token) {
        return Optional.ofNullable(tokens.get(token));
    }

    synchronized Queue addQueue(String clusterName, String key) {
        var cluster = cluster(clusterName);
        var queue = new Queue(cluster, key);
        cluster.queues().add(queue);
        return queue;
    }

    synchronized void addAgentToken(String clusterName, AgentToken token) {
        cluster(clusterName).tokens().add(token);
    }

    /** The cluster of this name, which is made if it is not there. */
    private Cluster cluster(String name) {
        return clusters.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseGet(() -> addCluster(name));
    }

    private Cluster addCluster(String name) {
        var cluster = new Cluster(UUID.randomUUID().toString(), name, new ArrayList<>(), new ArrayList<>());
        clusters.add(cluster);
        return cluster;
    }

    synchronized Job addJob(Queue queue, String state) {
        var job = new Job(queue, state);
        queue.jobs.add(job);
        return job;
    }

    synchronized List<Cluster> clusters() {
        return List.copyOf(clusters);
    }

    /** As Buildkite makes one: the type and the UUID, in Base64. */
    static String graphqlId(String type, String id) {
        return Base64.getEncoder().encodeToString((type + "---" + id).getBytes(StandardCharsets.UTF_8));
    }
}
