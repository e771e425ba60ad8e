package io.buildkitefleet.stack;

import com.pulumi.core.Output;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.gcp.ArtifactStore;
import io.buildkitefleet.gcp.ImageRegistry;
import io.buildkitefleet.gcp.SecretStore;
import io.buildkitefleet.gcp.VariablesKey;
import io.buildkitefleet.kubernetes.KubernetesApi;
import io.buildkitefleet.kubernetes.admission.QueueAdmission;
import io.buildkitefleet.kubernetes.queue.AgentQueue;
import io.buildkitefleet.kubernetes.queue.DeployAdmission;
import io.buildkitefleet.kubernetes.queue.DeployNamespace;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the queues are in the cluster: one agent release each, and the namespaces that they deploy into. */
final class StackQueues {
    private final ProgramConfig source;
    private final Fleet fleet;
    private final Optional<InGoogleCloud> google;

    /** What the queues have in Google Cloud. */
    record InGoogleCloud(
            StackIdentities identities,
            ImageRegistry images,
            ArtifactStore artifacts,
            SecretStore secrets,
            Optional<StackCaches> caches) {}

    /** @param google nothing if the fleet is not there */
    StackQueues(ProgramConfig source, Fleet fleet, Optional<InGoogleCloud> google) {
        this.source = source;
        this.fleet = fleet;
        this.google = google;
    }

    void register(KubernetesApi kubernetes) {
        var deployNamespaces = deployNamespaces(kubernetes);
        var admission = new QueueAdmission("admission", !fleet.isLocal(), kubernetes.inCluster());
        for (var queue : fleet.queues()) {
            var own = new TreeMap<>(deployNamespaces);
            own.keySet().retainAll(queue.config().namespaces());
            new AgentQueue("queue-" + queue.name(), args(queue, own, admission), kubernetes.inCluster());
        }
    }

    /** By their names; each is known once it is there. */
    private Map<String, Output<String>> deployNamespaces(KubernetesApi kubernetes) {
        var namespaces = new TreeMap<String, Output<String>>();
        if (fleet.namespaces().isEmpty()) {
            return namespaces;
        }
        var admission = DeployAdmission.of("workloads", fleet.deployNamespaces(), kubernetes.inCluster());
        for (var bounds : fleet.namespaces()) {
            var namespace = new DeployNamespace(
                    "deploy-" + bounds.name(), bounds, admission.bindings(), kubernetes.inCluster());
            namespaces.put(bounds.name(), namespace.name());
        }
        return namespaces;
    }

    private AgentQueue.Args args(Queue queue, Map<String, Output<String>> deployNamespaces, QueueAdmission admission) {
        var config = fleet.config();
        return new AgentQueue.Args(
                queue,
                fleet.safeBuilds(),
                fleet.knownHosts(),
                google.map(found -> inGoogleCloud(queue, found)),
                source.secret(queue.agentToken()),
                google.map(found -> found.secrets().version(queue.agentToken()))
                        .orElseGet(() -> TokenVersion.of(source.secret(queue.agentToken()))),
                queue.isTrusted() ? config.checkoutKey().map(source::secret) : Optional.empty(),
                queue.signs() ? Optional.of(source.secret(FleetConfig.SIGNING_KEY)) : Optional.empty(),
                values(queue),
                deployNamespaces,
                fleet.cacheServers(queue),
                fleet.mirrorDisks().filter(disks -> disks.queues().contains(queue)),
                admission);
    }

    private AgentQueue.InGoogleCloud inGoogleCloud(Queue queue, InGoogleCloud all) {
        return new AgentQueue.InGoogleCloud(
                fleet.config().network().controlPlane().toString(),
                all.artifacts().bucketName(),
                all.images().address(),
                all.identities().email(queue),
                all.identities().variablesKey(queue).map(VariablesKey::id),
                all.caches().filter(found -> queue.usesCaches()).map(found -> found.place(queue)));
    }

    private Map<String, Output<String>> values(Queue queue) {
        var values = new TreeMap<String, Output<String>>();
        queue.config().secrets().forEach((variable, key) -> values.put(variable, source.secret(key)));
        return values;
    }
}
