package io.buildkitefleet.fleet;

import io.buildkitefleet.cloud.ServiceLocations;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.identity.Deployer;
import io.buildkitefleet.fleet.images.PinnedImage;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The resolved fleet. Everything that is registered, priced, checked or printed reads it and derives nothing again.
 *
 * @param config what it was resolved from
 * @param namespaces those that jobs deploy into, which the fleet makes
 * @param systemPool whose nodes run what is not a job's; none in a local fleet
 * @param deployers who deploys it from pipelines
 * @param quotas what it needs of Compute Engine's quotas in its region
 * @param unknownQuotas those that it needs beside them
 * @param warnings what may be wrong with it, above all what is not known here
 */
public record Fleet(
        FleetConfig config,
        List<Pool> pools,
        List<Queue> queues,
        List<NamespaceBounds> namespaces,
        Optional<Pool> systemPool,
        Optional<Caches> caches,
        Optional<MirrorDisks> mirrorDisks,
        Optional<Mac> mac,
        List<Deployer> deployers,
        List<Quota> quotas,
        List<UnknownQuota> unknownQuotas,
        List<Problem> warnings) {
    /**
     * Ports of a NAT address that a node holds at least; jobs open many connections at once, so a node may take more as
     * long as there are some: https://cloud.google.com/nat/docs/ports-and-addresses
     */
    public static final int LEAST_NAT_PORTS = 128;

    /**
     * The largest packet, in bytes, that the fleet's network carries; it sets none of its own, so this is Google's
     * default: https://docs.cloud.google.com/vpc/docs/mtu
     */
    public static final int NETWORK_MTU = 1460;

    public Fleet {
        pools = List.copyOf(pools);
        queues = List.copyOf(queues);
        namespaces = List.copyOf(namespaces);
        deployers = List.copyOf(deployers);
        quotas = List.copyOf(quotas);
        unknownQuotas = List.copyOf(unknownQuotas);
        warnings = List.copyOf(warnings);
    }

    /** The same fleet with what was found of it. */
    public Fleet withWarnings(List<Problem> found) {
        return new Fleet(
                config,
                pools,
                queues,
                namespaces,
                systemPool,
                caches,
                mirrorDisks,
                mac,
                deployers,
                quotas,
                unknownQuotas,
                found);
    }

    /** Whether it is in a cluster that is there already, and nothing of it in Google Cloud. */
    public boolean isLocal() {
        return config.local().isPresent();
    }

    /** The names of what is made of it. */
    public ResourceNames names() {
        return new ResourceNames(config);
    }

    /** Where the key of the artifact bucket is. */
    public String artifactKeyLocation() {
        return ServiceLocations.ofBucketKey(config.artifacts().location());
    }

    /** Where keys of buckets are, one for each location in which there is a bucket. */
    public SortedSet<String> bucketKeyLocations() {
        var locations = new TreeSet<>(Set.of(artifactKeyLocation()));
        caches.ifPresent(unused -> locations.add(config.region()));
        return Collections.unmodifiableSortedSet(locations);
    }

    /** The cluster's name. */
    public String clusterName() {
        return config.name();
    }

    /** Where the cluster is: its one zone, or the region. */
    public String location() {
        return isZonal() ? config.zones().get(0) : config.region();
    }

    /**
     * Names the cluster as it is: another name stands for a cluster that took its place. It changes with what makes
     * Google's provider replace the cluster, and with nothing that an existing cluster can be given.
     *
     * <p>A cluster also goes when its subnet does, which is when the range of the nodes moves. That range may grow in
     * place, so it says nothing. But the new subnet stands beside the old one, and two subnets of a network share no
     * range (https://cloud.google.com/vpc/docs/subnets#ipv4-ranges): pods and services move with it, and they cannot be
     * moved otherwise while nodes use them.
     */
    public String clusterIncarnation() {
        var network = config.network();
        var decisive = List.of(
                config.project(),
                location(),
                clusterName(),
                network.controlPlane().toString(),
                network.pods().toString(),
                network.services().toString());
        var digest = UUID.nameUUIDFromBytes(String.join("\n", decisive).getBytes(StandardCharsets.UTF_8));
        return clusterName() + "-" + digest;
    }

    public boolean isZonal() {
        return config.zones().size() == 1;
    }

    /** The pool of Workload Identity: the one that a project's clusters share. */
    public String workloadPool() {
        return config.project() + ".svc.id.goog";
    }

    /** Whether the mac's owners need the secret under a key of the configuration, to set it up. */
    private boolean isForMacOwners(String configKey) {
        return configKey.equals(FleetConfig.AGENT_TOKEN)
                || config.checkoutKey().filter(configKey::equals).isPresent();
    }

    /** The queues whose jobs read the secret under a key of the configuration. */
    public List<Queue> queuesWith(String configKey) {
        return trustedQueues().stream()
                .filter(queue -> queue.config().secrets().containsValue(configKey))
                .toList();
    }

    /** Who of the mac reads the secret under a key of the configuration, as IAM members. */
    public List<String> macReaders(String configKey) {
        return mac.filter(unused -> isForMacOwners(configKey)).map(Mac::owners).orElse(List.of());
    }

    /** Who reads each secret in Secret Manager, as IAM members, by the secret's name there. */
    public SortedMap<String, List<String>> secretReaders() {
        var readers = new TreeMap<String, List<String>>();
        if (isLocal()) {
            return readers;
        }
        for (var key : config.secretKeys()) {
            var queues = queuesWith(key).stream()
                    .map(queue -> "serviceAccount:" + names().accountEmail(names().account(queue.name())));
            readers.put(
                    names().secretId(key),
                    Stream.concat(queues, macReaders(key).stream()).toList());
        }
        return readers;
    }

    /** Which builds may run on its trusted queues. */
    public SafeBuilds safeBuilds() {
        return SafeBuilds.of(config);
    }

    /** The git servers that its checkouts and mirrors may talk to over ssh. */
    public KnownHosts knownHosts() {
        return KnownHosts.of(config.checkout().knownHosts());
    }

    /** The images that a person named for what the fleet itself runs, by their keys; not those that steps name. */
    public SortedMap<String, String> namedImages() {
        var images = new TreeMap<String, String>();
        queues.forEach(queue ->
                queue.config().image().ifPresent(image -> images.put("queues." + queue.name() + ".image", image)));
        mirrorDisks.ifPresent(
                disks -> images.put("checkout.mirrorDisk.image", disks.config().image()));
        return images;
    }

    /** The images that the fleet itself chooses, as far as something of it runs them. */
    public SortedSet<PinnedImage> pinnedImages() {
        var pinned = new TreeSet<PinnedImage>();
        pinned.add(PinnedImage.CONTROLLER);
        for (var queue : queues) {
            if (queue.config().image().isEmpty()) {
                pinned.add(PinnedImage.AGENT);
            }
            queue.imageBuilder().ifPresent(pinned::add);
        }
        caches.ifPresent(some ->
                some.servers().forEach(server -> pinned.add(server.kind().image())));
        if (queues.stream().anyMatch(Queue::isDebuggable)) {
            pinned.add(PinnedImage.NETSHOOT);
        }
        return pinned;
    }

    /** What the fleet itself runs, by the names under which its nodes get it; not the images that steps name. */
    public SortedSet<String> ownImages() {
        var images = names().images();
        return Stream.concat(
                        pinnedImages().stream().map(images::pinned),
                        namedImages().values().stream().map(images::named))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every pool of nodes, the system's first. */
    public List<Pool> nodePools() {
        return Stream.concat(systemPool.stream(), pools.stream()).toList();
    }

    /** The most nodes that the cluster has at a time, if each pool and each fallback has all of its own. */
    public long mostNodes() {
        return nodePools().stream()
                .flatMap(pool -> pool.groups().stream())
                .mapToLong(NodeGroup::most)
                .sum();
    }

    /** The pools whose nodes run what anybody wrote; no trusted queue is on one. */
    public List<Pool> untrustedPools() {
        var names = queues.stream()
                .filter(queue -> !queue.isTrusted())
                .flatMap(queue -> queue.pool().stream())
                .map(Pool::name)
                .collect(Collectors.toSet());
        return pools.stream().filter(pool -> names.contains(pool.name())).toList();
    }

    /** The other pools of nodes, the system's first. */
    public List<Pool> trustedPools() {
        var untrusted = untrustedPools();
        return nodePools().stream().filter(pool -> !untrusted.contains(pool)).toList();
    }

    public List<Queue> trustedQueues() {
        return queues.stream().filter(Queue::isTrusted).toList();
    }

    /** The cache servers that a queue's jobs may use. */
    public List<CacheServer> cacheServers(Queue queue) {
        return caches.map(found -> found.of(queue)).orElse(List.of());
    }

    /** Namespaces that the fleet makes for what its queues deploy, each once. */
    public List<String> deployNamespaces() {
        return namespaces.stream().map(NamespaceBounds::name).toList();
    }
}
