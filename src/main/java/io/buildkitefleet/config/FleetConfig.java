package io.buildkitefleet.config;

import io.buildkitefleet.config.value.Trust;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One stack's configuration, read and checked value by value; what the values mean together is the fleet's to say.
 *
 * @param project the Google Cloud project, from {@code gcp:project}
 * @param organization the slug of the Buildkite organization
 * @param name what the names of everything in Google Cloud begin with
 * @param region the Google Cloud region
 * @param zones the zones of the cluster: none for all of the region, one for a zonal cluster
 * @param protect whether what holds state is protected from deletion
 * @param labels labels on everything that takes labels
 * @param safeBuilds whose builds may run on trusted queues
 * @param usage what the cost estimate assumes of a month
 * @param waivers rules of {@code ./fleet check} that the stack may break
 */
public record FleetConfig(
        String stack,
        String project,
        String organization,
        String name,
        String region,
        List<String> zones,
        boolean protect,
        Map<String, String> labels,
        NetworkConfig network,
        ClusterConfig cluster,
        Map<String, PoolConfig> pools,
        Map<String, QueueConfig> queues,
        ArtifactsConfig artifacts,
        SafeBuildsConfig safeBuilds,
        CheckoutConfig checkout,
        Optional<CachesConfig> caches,
        Optional<MacConfig> mac,
        UsageConfig usage,
        List<Waiver> waivers) {
    /** The key of the Buildkite agent token of the cluster that holds the trusted queues. */
    public static final String AGENT_TOKEN = "agentToken";

    /** The key of the agent token of the Buildkite cluster that holds the untrusted queues. */
    public static final String UNTRUSTED_AGENT_TOKEN = "untrustedAgentToken";

    /** Whether a key is that of a token with which a job could pose as an agent. */
    public static boolean isAgentToken(String key) {
        return key.equals(AGENT_TOKEN) || key.equals(UNTRUSTED_AGENT_TOKEN);
    }

    public FleetConfig {
        zones = List.copyOf(zones);
        waivers = List.copyOf(waivers);
    }

    /** The secret key whose value is the private ssh key for checkouts of trusted queues. */
    public Optional<String> checkoutKey() {
        return checkout.sshKey();
    }

    /** The keys, below {@code buildkite-fleet:}, of every secret that the stack needs. */
    public Set<String> secretKeys() {
        var keys = new TreeSet<String>();
        keys.add(AGENT_TOKEN);
        checkout.sshKey().ifPresent(keys::add);
        for (var queue : queues.values()) {
            if (queue.trust() == Trust.UNTRUSTED) {
                keys.add(UNTRUSTED_AGENT_TOKEN);
            }
            keys.addAll(queue.secrets().values());
        }
        return keys;
    }

    /** The same fleet with other pools. */
    public FleetConfig withPools(Map<String, PoolConfig> others) {
        return new FleetConfig(
                stack,
                project,
                organization,
                name,
                region,
                zones,
                protect,
                labels,
                network,
                cluster,
                others,
                queues,
                artifacts,
                safeBuilds,
                checkout,
                caches,
                mac,
                usage,
                waivers);
    }
}
