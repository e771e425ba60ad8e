package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.PlannedQueue;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Addresses;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who reaches the pods of queues, and what of ours they reach: nothing but what they are for. */
public final class QueueNetworkRules {
    private static final Addresses METADATA = Addresses.of("169.254.169.254/32");

    private static final Addresses CLOSED = Addresses.of(Addresses.CLOSED.toArray(String[]::new));

    private static final long HTTP = 80;

    private static final long HTTPS = 443;

    private QueueNetworkRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named(
                                "queue-network",
                                HIGH,
                                "Nobody reaches a queue's pods, and of ours they reach what they are for")
                        .why(
                                "a job that reaches a kubelet, a database or a control plane by another port is on the way to what is not"
                                        + " its queue's")
                        .mend(
                                "leave the network policies of queues as the fleet makes them; a private cluster that jobs deploy to is in"
                                        + " clusters of its queue")
                        .check(stack -> Check.each(QueueNetworkRules::policies, policy -> opened(stack, policy))
                                .of(stack)),
                Rule.named(
                                "queue-labels",
                                HIGH,
                                "Jobs and controllers have the labels by which policies tell them apart")
                        .why(
                                "a job that is labelled as a controller is refused, or has a controller's ways out; a controller that is"
                                        + " labelled as a job has those of jobs")
                        .mend("leave values.labels and default-metadata.labels as the fleet makes them")
                        .check(Check.eachRelease(QueueNetworkRules::mislabelled)));
    }

    private static Optional<String> mislabelled(Release release) {
        return mislabelled(release, "its controller", release.subject().at("values.labels"), Queue.CONTROLLER_ROLE)
                .or(() ->
                        mislabelled(release, "a job", release.config().at("default-metadata.labels"), Queue.JOB_ROLE));
    }

    private static Optional<String> mislabelled(Release release, String pod, InputValue labels, String role) {
        return Map.of(Queue.ROLE_LABEL, role, Queue.LABEL, release.queue()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(wanted -> !labels.key(wanted.getKey()).is(wanted.getValue()))
                .findFirst()
                .map(wanted -> pod + " has the label " + wanted.getKey() + "="
                        + labels.key(wanted.getKey()).described() + ", not " + wanted.getValue());
    }

    private static List<Subject> policies(PlannedStack stack) {
        var namespaces = Releases.namespaces(stack);
        return stack.ofType(KubernetesType.NETWORK_POLICY).stream()
                .filter(policy -> namespaces.contains(namespace(policy)))
                .toList();
    }

    private static String namespace(Subject policy) {
        return policy.at("metadata.namespace").text();
    }

    /** Of what opens a namespace to everything, {@code namespace-open-policy} speaks. */
    private static Optional<String> opened(PlannedStack stack, Subject policy) {
        if (NetworkPolicyRules.flaw(stack, policy).isPresent()) {
            return Optional.empty();
        }
        return flawIf(!policy.at("spec.ingress").items().isEmpty(), "lets somebody reach the queue's pods")
                .or(() -> reached(stack, policy, Pods.of(policy)));
    }

    /** Of what untrusted jobs reach, {@code untrusted-network} speaks. */
    private static Optional<String> reached(PlannedStack stack, Subject policy, Pods pods) {
        var isUntrusted =
                UntrustedRules.untrusted(stack).map(Release::namespace).anyMatch(namespace(policy)::equals);
        if (isUntrusted && pods != Pods.CONTROLLERS || stack.isLocal() && pods == Pods.CONTROLLERS) {
            return Optional.empty();
        }
        var apis = apis(stack, policy, pods);
        return policy.at("spec.egress").items().stream()
                .filter(rule -> !EgressBound.isDns(rule))
                .flatMap(rule -> Peer.of(rule.key("to")).stream()
                        .filter(peer -> peer.isOfPods()
                                ? !isMeant(pods, rule, peer)
                                : isClosed(peer) && !isMeant(pods, rule, peer, apis)))
                .findFirst()
                .map(peer ->
                        "lets " + pods.who + " reach " + described(peer) + ", or more of its ports than it is for");
    }

    private static String described(Peer peer) {
        return peer.isOfPods()
                ? "pods of other namespaces"
                : peer.block().key("cidr").described();
    }

    /** Whose pods a policy is for. */
    private enum Pods {
        JOBS("jobs"),
        CONTROLLERS("the controller"),
        ANY("more pods than jobs alone");

        private final String who;

        Pods(String who) {
            this.who = who;
        }

        private static Pods of(Subject policy) {
            var role = policy.at("spec.podSelector.matchLabels").key(Queue.ROLE_LABEL);
            return role.is(Queue.JOB_ROLE) ? JOBS : role.is(Queue.CONTROLLER_ROLE) ? CONTROLLERS : ANY;
        }
    }

    /** Nobody lets in pods of the same namespace, so a way to them leads nowhere. */
    private static boolean isMeant(Pods pods, InputValue rule, Peer peer) {
        return !peer.isOfOtherNamespaces()
                || pods == Pods.JOBS
                        && peer.isOfNamespace(CacheServer.NAMESPACE)
                        && !rule.key("ports").items().isEmpty();
    }

    private static boolean isMeant(Pods pods, InputValue rule, Peer peer, List<Addresses> apis) {
        var addresses = peer.addresses().orElseThrow();
        return pods == Pods.JOBS && METADATA.contains(addresses) && isBy(HTTP, rule)
                || pods != Pods.ANY && apis.stream().anyMatch(api -> api.contains(addresses)) && isBy(HTTPS, rule);
    }

    /** What is not known before up is of {@code namespace-open-policy} to judge. */
    private static boolean isClosed(Peer peer) {
        return peer.addresses().filter(CLOSED::overlaps).isPresent();
    }

    private static boolean isBy(long number, InputValue rule) {
        var ports = rule.key("ports").items();
        return !ports.isEmpty()
                && ports.stream()
                        .allMatch(port -> port.key("port").is(number)
                                && (!port.key("endPort").exists()
                                        || port.key("endPort").is(number)));
    }

    /** Which other clusters jobs deploy to, a plan without its fleet does not say: one by HTTPS may be any. */
    private static List<Addresses> apis(PlannedStack stack, Subject policy, Pods pods) {
        if (pods == Pods.JOBS && stack.fleet().isEmpty()) {
            return List.of(CLOSED);
        }
        return Stream.concat(ownApi(stack), pods == Pods.JOBS ? otherApis(stack, policy) : Stream.empty())
                .flatMap(range -> Addresses.parse(range).stream())
                .toList();
    }

    private static Stream<String> ownApi(PlannedStack stack) {
        return stack.ofType(GoogleType.CLUSTER).stream()
                .map(cluster ->
                        cluster.at("privateClusterConfig.masterIpv4CidrBlock").text());
    }

    private static Stream<String> otherApis(PlannedStack stack, Subject policy) {
        var queues = Releases.of(stack).stream()
                .filter(release -> release.namespace().equals(namespace(policy)))
                .map(Release::queue)
                .toList();
        return stack.fleet().stream()
                .flatMap(fleet -> fleet.queues().stream())
                .filter(queue -> queues.contains(queue.name()))
                .map(PlannedQueue::privateApis)
                .flatMap(List::stream);
    }
}
