package io.buildkitefleet.drain;

import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.SystemPool;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Urn;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the queues that lose jobs. What runs now counts, so all is read from the state before the update. */
final class LossReader {
    /** In the namespace of a queue, what running pods of jobs use; the rest is for pods that come. */
    private static final Map<String, String> USED_BY_PODS = Map.of(
            KubernetesType.SERVICE_ACCOUNT.token(), "its jobs' service account",
            KubernetesType.PERSISTENT_VOLUME_CLAIM.token(), "a volume of its jobs",
            KubernetesType.NETWORK_POLICY.token(), "a network policy of its namespace");

    /** The component of what a queue's jobs are to Google has this before the queue's name. */
    private static final String IDENTITY = "identity-";

    /** The component of what a queue's jobs may do elsewhere in the cluster. */
    private static final String DEPLOY_ACCESS = "buildkite-fleet:kubernetes:DeployAccess";

    private final List<PreviewStep> steps;
    private final Map<String, String> poolsByQueue = new TreeMap<>();
    private final Map<String, String> queuesByNamespace = new TreeMap<>();
    private final SortedMap<String, Set<String>> reasons = new TreeMap<>();
    private final SortedSet<String> restarted = new TreeSet<>();

    LossReader(List<PreviewStep> steps) {
        this.steps = steps;
    }

    /** All that is lost. */
    JobLosses read() {
        steps.forEach(this::learn);
        steps.forEach(this::judge);
        SharedResources.losses(steps).forEach(reason -> all().forEach(queue -> add(queue, reason)));
        return losses();
    }

    /** What stops jobs or cuts them off, and not what may only let them fail. */
    JobLosses readStops() {
        steps.forEach(this::learn);
        steps.forEach(this::judge);
        return losses();
    }

    private JobLosses losses() {
        restarted.removeAll(reasons.keySet());
        var lists = new TreeMap<String, List<String>>();
        reasons.forEach((queue, all) -> lists.put(queue, List.copyOf(all)));
        return new JobLosses(lists, restarted);
    }

    /** Which queues there are, in which namespaces and on which pools. */
    private void learn(PreviewStep step) {
        if (step.type().equals(Registration.STACK_TYPE)) {
            step.outputs("queues")
                    .forEach(queue ->
                            poolsByQueue.put(PreviewStep.text(queue, "queue"), PreviewStep.text(queue, "pool")));
        }
        if (step.type().equals(KubernetesType.NAMESPACE.token())) {
            var queue = step.input("metadata", "labels", Queue.LABEL);
            if (!queue.isEmpty()) {
                queuesByNamespace.put(step.input("metadata", "name"), queue);
            }
        }
    }

    private void judge(PreviewStep step) {
        if (step.type().equals(GoogleType.NODE_POOL.token())) {
            judgeNodes(step);
        } else if (isRelease(step)) {
            if (step.isGoing() || step.isUpdate()) {
                queueOf(step.input("namespace")).ifPresent(restarted::add);
            }
        } else if (step.isGoing()) {
            judgeGoing(step);
        }
    }

    private void judgeNodes(PreviewStep step) {
        var pool = step.input("nodeConfig", "labels", Pool.LABEL);
        if (step.isGoing()) {
            ofPool(pool).forEach(queue -> add(queue, "the nodes of pool " + pool + " are " + step.what()));
        } else if (step.isUpdate()) {
            var inputs = NodePoolUpdates.thatRenewNodes(step.changed());
            if (!inputs.isEmpty()) {
                ofPool(pool)
                        .forEach(queue -> add(
                                queue,
                                "the nodes of pool " + pool + " are made anew (" + String.join(", ", inputs) + ")"));
            }
        }
    }

    private void judgeGoing(PreviewStep step) {
        if (step.type().equals(GoogleType.CLUSTER.token())) {
            all().forEach(queue -> add(queue, "the cluster is " + step.what()));
        } else if (step.type().equals(KubernetesType.NAMESPACE.token())) {
            queueOf(step.input("metadata", "name")).ifPresent(queue -> add(queue, "its namespace is " + step.what()));
        } else if (USED_BY_PODS.containsKey(step.type())) {
            queueOf(step.input("metadata", "namespace"))
                    .ifPresent(queue -> add(queue, USED_BY_PODS.get(step.type()) + " is " + step.what()));
        } else if (isDeployAccess(step)) {
            deployerOf(step)
                    .ifPresent(queue -> add(queue, "its right to a namespace that it deploys to is " + step.what()));
        } else {
            SharedResources.network(step).ifPresent(reason -> all().forEach(queue -> add(queue, reason)));
            identityOf(step).ifPresent(queue -> add(queue, "its identity in Google Cloud is " + step.what()));
        }
    }

    private static boolean isRelease(PreviewStep step) {
        return step.type().equals(KubernetesType.RELEASE.token());
    }

    private void add(String queue, String reason) {
        reasons.computeIfAbsent(queue, name -> new LinkedHashSet<>()).add(reason);
    }

    private Set<String> all() {
        var queues = new TreeSet<>(queuesByNamespace.values());
        queues.addAll(poolsByQueue.keySet());
        return queues;
    }

    /** Those of a pool, and those whose pool nobody knows: a first update that failed leaves no outputs. */
    private List<String> ofPool(String pool) {
        return pool.equals(SystemPool.NAME)
                ? List.of()
                : all().stream()
                        .filter(queue -> poolsByQueue.getOrDefault(queue, pool).equals(pool))
                        .toList();
    }

    private Optional<String> queueOf(String namespace) {
        return Optional.ofNullable(queuesByNamespace.get(namespace));
    }

    private static boolean isDeployAccess(PreviewStep step) {
        return Urn.isOne(step.parent()) && Urn.type(step.parent()).equals(DEPLOY_ACCESS);
    }

    private Optional<String> deployerOf(PreviewStep step) {
        var component = Urn.name(step.parent());
        return all().stream()
                .filter(queue -> component.equals("queue-" + queue + "-deploy"))
                .findFirst();
    }

    private Optional<String> identityOf(PreviewStep step) {
        return Optional.of(step.parent())
                .filter(Urn::isOne)
                .map(Urn::name)
                .filter(name -> name.startsWith(IDENTITY))
                .map(name -> name.substring(IDENTITY.length()))
                .filter(all()::contains);
    }
}
