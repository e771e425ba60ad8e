package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.LocalSsds;
import io.buildkitefleet.cloud.MachineSeries;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.cloud.QuotaNames;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.fleet.Caches;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.NodeGroup;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Quota;
import io.buildkitefleet.fleet.UnknownQuota;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Adds up what the fleet needs of Compute Engine's quotas: https://cloud.google.com/compute/resource-usage. Metrics are
 * named as the API names them.
 */
final class QuotaPlan {
    /**
     * Of the whole project, in all regions, and lower than those of a region in new projects. Whether nodes that may be
     * taken back count is said nowhere, so they do: https://cloud.google.com/compute/docs/reference/rest/v1/projects
     */
    private static final String ALL_CPUS = "CPUS_ALL_REGIONS";

    private static final String ALL_GPUS = "GPUS_ALL_REGIONS";

    private final Map<String, Long> amounts = new TreeMap<>();

    /** Of what is counted by a quota without a known name. */
    private final Map<String, Long> nameless = new TreeMap<>();

    /** Quotas that count in amounts that are not known. */
    private final Set<String> unmeasured = new TreeSet<>();

    QuotaPlan(
            Collection<Pool> pools,
            Pool systemPool,
            Optional<Caches> caches,
            Optional<MirrorDisks> mirrors,
            int natAddresses) {
        pools.forEach(this::add);
        add(systemPool);
        caches.filter(found -> found.diskGb() > 0).ifPresent(found -> addDisks(Caches.DISK_TYPE, found.diskGb()));
        mirrors.ifPresent(found -> {
            addDisks(MirrorDisks.DISK_TYPE, found.diskGb());
            add("SNAPSHOTS", found.queues().size() + 1);
        });
        add("STATIC_ADDRESSES", natAddresses);
        add("NETWORKS", 1);
    }

    List<Quota> quotas() {
        return amounts.entrySet().stream()
                .map(amount -> new Quota(amount.getKey(), amount.getValue()))
                .toList();
    }

    /** What cannot be held against a project. */
    List<UnknownQuota> unknown() {
        return Stream.concat(
                        nameless.entrySet().stream()
                                .map(counted -> new UnknownQuota(
                                        counted.getKey(),
                                        counted.getValue() + " are needed, and the name of their quota is not known")),
                        unmeasured.stream()
                                .map(metric -> new UnknownQuota(metric, "how much of it the disks take is not known")))
                .toList();
    }

    private void add(Pool pool) {
        for (var group : pool.groups()) {
            add("INSTANCES", group.most());
            addVcpus(group, pool.machine());
            addDisks(pool.diskType(), group.most() * pool.config().diskGb());
            pool.config().accelerator().ifPresent(gpu -> addGpus(group, gpu));
            if (pool.localSsds() > 0) {
                add(
                        group.capacity().isReclaimable() ? "PREEMPTIBLE_LOCAL_SSD_GB" : "LOCAL_SSD_TOTAL_GB",
                        group.most() * pool.localSsds() * LocalSsds.GIB);
            }
        }
    }

    private void addVcpus(NodeGroup group, MachineType machine) {
        var quota = machine.known().map(MachineSeries::cpuQuota).orElse(MachineSeries.CpuQuota.UNKNOWN);
        if (quota.isKnown() && quota.metric().isEmpty()) {
            return;
        }
        var vcpus = group.most() * machine.vcpus();
        add(ALL_CPUS, vcpus);
        if (group.capacity().isReclaimable()) {
            add("PREEMPTIBLE_CPUS", vcpus);
        } else {
            quota.metric()
                    .ifPresentOrElse(
                            metric -> add(metric, vcpus), () -> addNameless("vCPUs of " + machine.series(), vcpus));
        }
    }

    private void addGpus(NodeGroup group, PoolConfig.Accelerator gpu) {
        var isReclaimable = group.capacity().isReclaimable();
        var count = group.most() * gpu.count();
        QuotaNames.ofGpus(gpu.type(), isReclaimable)
                .ifPresentOrElse(
                        metric -> add(metric, count),
                        () -> addNameless((isReclaimable ? "preemptible GPUs " : "GPUs ") + gpu.type(), count));
        add(ALL_GPUS, count);
    }

    private void addDisks(DiskType type, long gigabytes) {
        add(QuotaNames.ofGigabytes(type), gigabytes);
        unmeasured.addAll(QuotaNames.ofPerformance(type));
    }

    private void add(String metric, long amount) {
        amounts.merge(metric, amount, Long::sum);
    }

    private void addNameless(String what, long amount) {
        nameless.merge(what, amount, Long::sum);
    }
}
