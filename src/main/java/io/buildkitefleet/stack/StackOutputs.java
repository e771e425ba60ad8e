package io.buildkitefleet.stack;

import com.pulumi.Context;
import com.pulumi.core.Output;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Mac;
import io.buildkitefleet.fleet.QueueSummary;
import io.buildkitefleet.fleet.RetryRules;
import io.buildkitefleet.gcp.ArtifactStore;
import io.buildkitefleet.gcp.Cluster;
import io.buildkitefleet.gcp.DeployerIdentity;
import io.buildkitefleet.gcp.ImageRegistry;
import io.buildkitefleet.gcp.Network;
import io.buildkitefleet.mac.MacAgent;
import java.util.Map;
import java.util.TreeMap;

/** What a stack tells the people and pipelines that use it; none of it is secret. */
final class StackOutputs {
    private final Fleet fleet;

    StackOutputs(Fleet fleet) {
        this.fleet = fleet;
    }

    void export(
            Context context,
            Cluster cluster,
            Network network,
            ArtifactStore artifacts,
            ImageRegistry images,
            Map<String, MacAgent> macs,
            StackIdentities identities,
            Map<String, DeployerIdentity> deployers) {
        context.export("cluster", Output.of(Map.of("name", cluster.name(), "location", fleet.location())));
        context.export("artifactBucket", artifacts.bucketName());
        context.export("imageRegistry", images.address());
        context.export("natAddresses", network.natAddresses());
        ofQueues(context, fleet);
        var quotas = new TreeMap<String, Object>();
        fleet.quotas().forEach(quota -> quotas.put(quota.metric(), (double) quota.amount()));
        context.export("quotas", Output.of(quotas));
        context.export("safeBuilds", Output.of(fleet.safeBuilds().policyOutside()));
        var variableKeys = variableKeys(identities);
        if (!variableKeys.isEmpty()) {
            context.export("variableKeys", Output.of(variableKeys));
        }
        var settings = new TreeMap<String, Object>();
        deployers.forEach((role, deployer) -> settings.put(role, deployer.settings()));
        if (!settings.isEmpty()) {
            context.export("deployers", Output.of(settings));
        }
        fleet.mac().ifPresent(mac -> {
            var agent = macs.get(mac.queue());
            context.export("mac", Output.of(mac(mac, agent, artifacts)));
            context.export("macIdentity", agent.settings());
        });
    }

    /** What holds of the queues wherever they are. */
    static void ofQueues(Context context, Fleet fleet) {
        context.export("buildkiteClusters", Output.of(fleet.config().clustersPage()));
        context.export(
                "queues",
                Output.of(fleet.queues().stream()
                        .map(queue -> QueueSummary.of(queue).asMap())
                        .toList()));
        context.export("retryRules", Output.of(RetryRules.rules()));
    }

    /** What anybody needs to encrypt a variable for a queue. */
    private Map<String, Object> variableKeys(StackIdentities identities) {
        var keys = new TreeMap<String, Object>();
        for (var queue : fleet.queues()) {
            identities
                    .variablesKey(queue)
                    .ifPresent(key -> keys.put(
                            queue.name(),
                            Map.of(
                                    "version",
                                    (double) queue.config().variablesKey().orElseThrow(),
                                    "publicKey",
                                    key.publicKey())));
        }
        return keys;
    }

    /** What the mac's owner needs to set it up. */
    private Map<String, Object> mac(Mac mac, MacAgent agent, ArtifactStore artifacts) {
        var settings = new TreeMap<String, Object>();
        settings.put("tags", "queue=" + mac.queue());
        settings.put("serviceAccount", agent.email());
        settings.put("artifacts", Output.format("gs://%s/%s", artifacts.bucketName(), mac.artifactPrefix()));
        settings.put("project", fleet.config().project());
        settings.put("agentTokenSecret", fleet.names().secretId(FleetConfig.AGENT_TOKEN));
        fleet.config()
                .checkoutKey()
                .ifPresent(
                        key -> settings.put("checkoutKeySecret", fleet.names().secretId(key)));
        return settings;
    }
}
