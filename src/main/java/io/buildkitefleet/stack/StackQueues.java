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
    private final StackIdentities identities;
    private final ImageRegistry images;
    private final ArtifactStore artifacts;
    private final SecretStore secrets;
    private final Optional<StackCaches> caches;

    StackQueues(
            ProgramConfig source,
            Fleet fleet,
            StackIdentities identities,
            ImageRegistry images,
            ArtifactStore artifacts,
            SecretStore secrets,
            Optional<StackCaches> caches) {
        this.source = source;
        this.fleet = fleet;
        this.identities = identities;
        this.images = images;
        this.artifacts = artifacts;
        this.secrets = secrets;
        this.caches = caches;
    }

    void register(KubernetesApi kubernetes) {
        var deployNamespaces = deployNamespaces(kubernetes);
        var admission = new QueueAdmission("admission", kubernetes.inCluster());
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
                config.network().controlPlane().toString(),
                artifacts.bucketName(),
                images.address(),
                identities.email(queue),
                source.secret(queue.agentToken()),
                secrets.version(queue.agentToken()),
                queue.isTrusted() ? config.checkoutKey().map(source::secret) : Optional.empty(),
                queue.signs() ? Optional.of(source.secret(FleetConfig.SIGNING_KEY)) : Optional.empty(),
                values(queue),
                identities.variablesKey(queue).map(VariablesKey::id),
                deployNamespaces,
                caches.filter(found -> queue.usesCaches()).map(found -> found.place(queue)),
                fleet.cacheServers(queue),
                fleet.mirrorDisks().filter(disks -> disks.queues().contains(queue)),
                admission);
    }

    private Map<String, Output<String>> values(Queue queue) {
        var values = new TreeMap<String, Output<String>>();
        queue.config().secrets().forEach((variable, key) -> values.put(variable, source.secret(key)));
        return values;
    }
}
