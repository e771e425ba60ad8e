package io.buildkitefleet.drain;

import io.buildkitefleet.pulumi.Urn;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the jobs of all queues use. Not among it: a firewall, which keeps strangers out; services, which stay on;
 * secrets and their versions, of which jobs have copies; roles and grants, as those of a queue; and what the cluster
 * judges new pods by.
 */
final class SharedResources {
    /** Without these no node reaches anything, so that a job which goes on does so in vain. */
    private static final Map<String, String> NETWORK = Map.of(
            GoogleType.NETWORK.token(), "the network",
            GoogleType.SUBNET.token(), "the subnetwork",
            GoogleType.ROUTER.token(), "the router to the internet",
            GoogleType.ROUTER_NAT.token(), "the NAT to the internet",
            GoogleType.ADDRESS.token(), "an address of the NAT");

    private static final Map<String, String> STORES = Map.of(
            GoogleType.BUCKET.token(), "a bucket",
            GoogleType.REPOSITORY.token(), "a registry of images",
            GoogleType.KEY_RING.token(), "a ring of encryption keys",
            GoogleType.CRYPTO_KEY.token(), "an encryption key",
            GoogleType.CRYPTO_KEY_VERSION.token(), "a version of an encryption key");

    private static final Set<String> OF_CACHE_SERVERS = Set.of(
            KubernetesType.NAMESPACE.token(),
            KubernetesType.DEPLOYMENT.token(),
            KubernetesType.SERVICE.token(),
            KubernetesType.NETWORK_POLICY.token());

    private static final Set<String> CACHE_SERVERS =
            Set.of("buildkite-fleet:kubernetes:BuildCaches", "buildkite-fleet:kubernetes:BuildCache");

    private static final String NODE_IDENTITY = "buildkite-fleet:gcp:NodeIdentity";

    private SharedResources() {}

    /** Why all queues' jobs are cut off, if this goes. */
    static Optional<String> network(PreviewStep step) {
        return Optional.ofNullable(NETWORK.get(step.type())).map(what -> loss(step, what));
    }

    /** Why all queues lose jobs, though these are not stopped. */
    static Set<String> losses(List<PreviewStep> steps) {
        var losses = new LinkedHashSet<String>();
        for (var step : steps) {
            if (step.type().equals(GoogleType.CLUSTER.token()) && step.isUpdate()) {
                var inputs = ClusterUpdates.thatMayStopJobs(step.changed());
                if (!inputs.isEmpty()) {
                    losses.add("the cluster is changed (" + String.join(", ", inputs) + ")");
                }
            } else if (step.isGoing()) {
                used(step).map(what -> loss(step, what)).ifPresent(losses::add);
            }
        }
        return losses;
    }

    private static Optional<String> used(PreviewStep step) {
        var component = Optional.of(step.parent()).filter(Urn::isOne).map(Urn::type);
        if (step.type().equals(GoogleType.ACCOUNT.token())) {
            return component.filter(NODE_IDENTITY::equals).map(nodes -> "the nodes' service account");
        }
        if (OF_CACHE_SERVERS.contains(step.type())) {
            return component.filter(CACHE_SERVERS::contains).map(servers -> "a part of the cache servers");
        }
        return Optional.ofNullable(STORES.get(step.type()));
    }

    private static String loss(PreviewStep step, String what) {
        return what + " is " + step.what() + (Urn.isOne(step.urn()) ? " (" + Urn.name(step.urn()) + ")" : "");
    }
}
