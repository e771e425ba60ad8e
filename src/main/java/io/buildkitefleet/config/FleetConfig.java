package io.buildkitefleet.config;

import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Notation;
import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.config.value.Trust;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One stack's configuration, read and checked value by value; what the values mean together is the fleet's to say.
 *
 * @param project the Google Cloud project, from {@code gcp:project}; empty for a local fleet
 * @param local the cluster that is there already, if the fleet is a local one and not in Google Cloud
 * @param organization the slug of the Buildkite organization
 * @param organizationId its UUID, which stays when the slug changes and is nobody else's then
 * @param name what the names of everything in Google Cloud begin with
 * @param region the Google Cloud region; empty for a local fleet
 * @param zones the zones of the cluster: none for all of the region, one for a zonal cluster
 * @param protect whether what holds state is protected from deletion
 * @param labels labels on everything that takes labels
 * @param registryMirror where the chart and the images of others come from, if not from who publishes them
 * @param safeBuilds whose builds may run on trusted queues
 * @param signing who signs steps, and who runs signed ones alone
 * @param deployer the pipelines that deploy the stack
 * @param namespaces what deploy namespaces may hold, by their names
 * @param usage what the cost estimate assumes of a month
 * @param waivers rules of {@code ./fleet check} that the stack may break
 */
public record FleetConfig(
        String stack,
        String project,
        Optional<LocalConfig> local,
        String organization,
        Optional<String> organizationId,
        String name,
        String region,
        List<String> zones,
        boolean protect,
        Map<String, String> labels,
        Optional<RegistryMirror> registryMirror,
        NetworkConfig network,
        ClusterConfig cluster,
        Map<String, PoolConfig> pools,
        Map<String, QueueConfig> queues,
        Map<String, NamespaceConfig> namespaces,
        ArtifactsConfig artifacts,
        SafeBuildsConfig safeBuilds,
        CheckoutConfig checkout,
        Optional<CachesConfig> caches,
        Optional<MacConfig> mac,
        Optional<SigningConfig> signing,
        Optional<DeployerConfig> deployer,
        UsageConfig usage,
        List<Waiver> waivers) {
    /** The key of the Buildkite agent token of the cluster that holds the trusted queues. */
    public static final String AGENT_TOKEN = "agentToken";

    /** The key of the agent token of the Buildkite cluster that holds the untrusted queues. */
    public static final String UNTRUSTED_AGENT_TOKEN = "untrustedAgentToken";

    /** The key of the set of JSON Web Keys with the private one that signs steps. */
    public static final String SIGNING_KEY = "signingKey";

    private static final Notation<RegistryMirror> REGISTRY = Notation.of(Forms.IMAGE_REGISTRY, RegistryMirror::parse)
            .because(text -> RegistryMirror.flaw(text).or(() -> Notations.REGISTRY_FLAWS.of(text)));

    /** A key as Pulumi has it, with the namespace of the project. */
    public static String fullKey(String key) {
        return ConfigSource.NAMESPACE + key;
    }

    /**
     * A note that a key stands in the namespace of a project with another name, where Pulumi has put it if it was
     * written without one; empty if it does not.
     *
     * @param fullKeys those that have a value
     */
    public static String misplaced(String key, Set<String> fullKeys) {
        return fullKeys.stream()
                .filter(found -> !found.equals(fullKey(key)) && found.endsWith(":" + key))
                .sorted()
                .findFirst()
                .map(found -> " (" + found
                        + " is another key: Pulumi puts the project's name before one without a namespace)")
                .orElse("");
    }

    /** Whether a key is that of a token with which a job could pose as an agent. */
    public static boolean isAgentToken(String key) {
        return key.equals(AGENT_TOKEN) || key.equals(UNTRUSTED_AGENT_TOKEN);
    }

    public FleetConfig {
        zones = List.copyOf(zones);
        waivers = List.copyOf(waivers);
    }

    /**
     * @param stack whose it is
     * @param project the Google Cloud project, from {@code gcp:project}
     */
    static FleetConfig read(Section in, String stack, String project) {
        in.field(
                        ExtendedFleet.EXTENDS,
                        "[File that stacks share](#a-file-that-stacks-share), from which this takes what it lacks")
                .text(Pattern.compile(".*"), ExtendedFleet.EXTENDS_WORDS)
                .optional("none");
        var local = in.optionalSection(LocalConfig.KEY, LocalConfig::read);
        local.ifPresent(unused -> LocalConfig.refuseInFleet(in));
        var organization = in.field("organization", "Slug of the Buildkite organization")
                .text(Notations.ORGANIZATION_SLUG, "a slug as in buildkite.com/SLUG")
                .required();
        var organizationId = in.field(
                        "organizationId",
                        "Its UUID, by which Google Cloud knows the jobs of agents outside the cluster and of deployers")
                .text(Forms.UUID, Forms.UUID_WORDS)
                .optional("none; required with `mac` and `deployer.buildkite`");
        var region = in.field("region", "Google Cloud region of the fleet")
                .text(Notations.REGION, "a region, such as us-west1")
                .requiredWithout(LocalConfig.KEY, local.isPresent());
        var load = in.section("load", LoadConfig::read);
        return new FleetConfig(
                stack,
                project,
                local,
                organization,
                organizationId,
                name(in, defaultName(stack), local.isPresent()),
                region,
                in.field("zones", "Zones of the cluster; one makes it zonal, which is cheaper and less available")
                        .texts(Notations.ZONE, "a zone of the region, such as us-west1-a")
                        .orElse(List.of(), "all of the region"),
                in.field("protect", "Protect the cluster, the network, keys and buckets from deletion")
                                .flag()
                                .orElse(true)
                        && local.isEmpty(),
                in.field("labels", "Labels on everything that takes labels, for cost reports and owners")
                        .map(
                                "an object of labels, such as {owner: platform}",
                                Forms.CLOUD_LABEL,
                                Forms.CLOUD_LABEL_WORDS,
                                Forms.CLOUD_LABEL_VALUE,
                                Forms.CLOUD_LABEL_VALUE_WORDS)
                        .orElse(Map.of()),
                in.field(
                                "registryMirror",
                                "[Registry of your own](registry-mirror.md) that the chart and the images of others come from")
                        .parsed(RegistryMirror.WORDS, RegistryMirror.NONE, REGISTRY)
                        .optional("from who publishes them"),
                in.section("network", NetworkConfig::read),
                in.section("cluster", ClusterConfig::read),
                in.named("pools", pool -> PoolConfig.read(pool, load)),
                in.named("queues", queue -> QueueConfig.read(queue, local.isPresent())),
                in.named("namespaces", NamespaceConfig::read),
                in.section("artifacts", artifacts -> ArtifactsConfig.read(artifacts, region)),
                SafeBuildsConfig.read(in),
                in.section("checkout", CheckoutConfig::read),
                in.optionalSection("caches", CachesConfig::read),
                in.optionalSection("mac", MacConfig::read),
                in.optionalSection("signing", SigningConfig::read),
                in.optionalSection("deployer", DeployerConfig::read),
                in.section("usage", UsageConfig::read),
                in.list("waivers", Waiver::read));
    }

    /** @param isLocal whether nothing is called so */
    private static String name(Section in, String fallback, boolean isLocal) {
        var name = in.field("name", "What names in Google Cloud begin with")
                .text(Forms.LABEL, Forms.LABEL_WORDS)
                .orElse(fallback, "`bk-<stack>`");
        if (!isLocal && !Forms.LABEL.matcher(name).matches() && !in.place().isInDoubt("name")) {
            in.place()
                    .add(
                            "name",
                            "is missing, and the name of this stack makes no default; it must be " + Forms.LABEL_WORDS
                                    + ", got \"" + fallback + "\"");
        }
        return name;
    }

    private static String defaultName(String stack) {
        return "bk-" + stack;
    }

    /** Why a fleet that does not say its name can have none of the stack's; nothing if it can. */
    public static Optional<String> flawOfDefaultName(String stack) {
        return Optional.of(defaultName(stack))
                .filter(Forms.LABEL.asMatchPredicate().negate())
                .map(name -> "names in Google Cloud would begin with \"" + name + "\", which must be "
                        + Forms.LABEL_WORDS + "; give the stack another name");
    }

    /**
     * The page of the organization's Buildkite clusters, from which one gets to their queues and agent tokens. Each
     * cluster has its own below it, {@code web_url} in https://buildkite.com/docs/apis/rest-api/clusters; for whoever
     * is signed in, {@code ~} is the organization, as in the links of https://github.com/buildkite/agent-stack-k8s.
     */
    public String clustersPage() {
        return "https://buildkite.com/organizations/" + (organization.isEmpty() ? "~" : organization) + "/clusters";
    }

    /** Where a person makes the value of a secret, unless it is theirs alone to say. */
    public Optional<String> originOf(String secretKey) {
        return switch (secretKey) {
            case AGENT_TOKEN -> Optional.of("the Agent Tokens page of a cluster at " + clustersPage());
            case UNTRUSTED_AGENT_TOKEN ->
                Optional.of("the Agent Tokens page of a cluster for the untrusted queues alone, at " + clustersPage());
            default -> Optional.empty();
        };
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
        signing.ifPresent(found -> keys.add(SIGNING_KEY));
        for (var queue : queues.values()) {
            if (queue.trust() == Trust.UNTRUSTED) {
                keys.add(UNTRUSTED_AGENT_TOKEN);
            }
            keys.addAll(queue.secrets().values());
        }
        return keys;
    }

    /** The name of each namespace that jobs deploy into, to that of the pool whose nodes run its pods. */
    public SortedMap<String, String> deployPools() {
        var pools = new TreeMap<String, String>();
        queues.values().forEach(queue -> queue.namespaces().forEach(name -> pools.putIfAbsent(name, queue.pool())));
        pools.replaceAll((name, pool) -> namespace(name).pool().orElse(pool));
        return pools;
    }

    /** What a namespace that jobs deploy into may hold. */
    public NamespaceConfig namespace(String name) {
        return namespaces.getOrDefault(name, NamespaceConfig.DEFAULT);
    }

    /** The same fleet with other pools. */
    public FleetConfig withPools(Map<String, PoolConfig> others) {
        return new FleetConfig(
                stack,
                project,
                local,
                organization,
                organizationId,
                name,
                region,
                zones,
                protect,
                labels,
                registryMirror,
                network,
                cluster,
                others,
                queues,
                namespaces,
                artifacts,
                safeBuilds,
                checkout,
                caches,
                mac,
                signing,
                deployer,
                usage,
                waivers);
    }
}
