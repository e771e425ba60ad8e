package io.buildkitefleet.stack;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.config.TargetCluster;
import io.buildkitefleet.fleet.Api;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.gcp.Cluster;
import io.buildkitefleet.gcp.ClusterAccess;
import io.buildkitefleet.gcp.CommonArgs;
import io.buildkitefleet.gcp.GoogleApi;
import io.buildkitefleet.gcp.Identity;
import io.buildkitefleet.gcp.Keys;
import io.buildkitefleet.gcp.ProjectServices;
import io.buildkitefleet.gcp.VariablesKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the queues are in Google Cloud: each trusted one has an account of its own, with its key for encrypted variables
 * and the clusters that it deploys to; an untrusted one has none.
 */
final class StackIdentities {
    private final Fleet fleet;
    private final GoogleApi google;
    private final ProjectServices services;
    private final Cluster cluster;
    private final Map<String, Identity> identities = new HashMap<>();
    private final Map<String, VariablesKey> variables = new TreeMap<>();

    StackIdentities(Fleet fleet, GoogleApi google, ProjectServices services, Cluster cluster, Keys keys) {
        this.fleet = fleet;
        this.google = google;
        this.services = services;
        this.cluster = cluster;
        for (var queue : fleet.queues()) {
            queue.account().ifPresent(account -> identities.put(queue.name(), identity(queue, account)));
            queue.config()
                    .variablesKey()
                    .ifPresent(version -> variables.put(queue.name(), variablesKey(queue, version, keys.ring())));
            grantClusters(queue);
        }
    }

    /** A trusted queue as IAM names it. */
    Output<String> member(Queue queue) {
        return identities.get(queue.name()).member();
    }

    Optional<Output<String>> email(Queue queue) {
        return Optional.ofNullable(identities.get(queue.name())).map(Identity::email);
    }

    /** The key of a queue's encrypted variables, if it has one. */
    Optional<VariablesKey> variablesKey(Queue queue) {
        return Optional.ofNullable(variables.get(queue.name()));
    }

    private Identity identity(Queue queue, String account) {
        return new Identity(
                "identity-" + queue.name(),
                new Identity.Args(
                        services.projectWith(Api.IAM),
                        account,
                        "Buildkite fleet: queue " + queue.name(),
                        List.of(new Identity.User.Workload(
                                cluster.workloadPool(), queue.namespace(), Queue.SERVICE_ACCOUNT))),
                options());
    }

    private VariablesKey variablesKey(Queue queue, int version, Output<String> ring) {
        return new VariablesKey(
                "variables-" + queue.name(),
                new VariablesKey.Args(ring, version, member(queue), CommonArgs.of(fleet.config())),
                options());
    }

    private void grantClusters(Queue queue) {
        var projects = queue.config().clusters().stream()
                .map(TargetCluster::project)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!projects.isEmpty()) {
            new ClusterAccess("clusters-" + queue.name(), projects, member(queue), options());
        }
    }

    private ComponentResourceOptions options() {
        return google.inGoogleCloud();
    }
}
