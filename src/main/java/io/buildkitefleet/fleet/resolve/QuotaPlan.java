package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.LocalSsds;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.fleet.Caches;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.NodeGroup;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Quota;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Adds up what the fleet needs of Compute Engine's quotas: https://cloud.google.com/compute/resource-usage. Metrics are
 * named as the API names them.
 */
final class QuotaPlan {
    /** Series that have a CPU quota of their own; the others share CPUS. */
    private static final List<String> OWN_QUOTA = List.of("n2", "n2d", "c2", "c2d", "c3", "c3d", "t2d");

    private final Map<String, Long> amounts = new TreeMap<>();

    QuotaPlan(
            Collection<Pool> pools,
            Pool systemPool,
            Optional<Caches> caches,
            Optional<MirrorDisks> mirrors,
            int natAddresses) {
        pools.forEach(this::add);
        add(systemPool);
        caches.filter(found -> found.diskGb() > 0)
                .ifPresent(found -> add(diskMetric(Caches.DISK_TYPE), found.diskGb()));
        mirrors.ifPresent(found -> {
            add(diskMetric(MirrorDisks.DISK_TYPE), found.diskGb());
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

    private void add(Pool pool) {
        for (var group : pool.groups()) {
            add("INSTANCES", group.most());
            add(cpuMetric(group, pool.machine()), group.most() * pool.machine().vcpus());
            add(diskMetric(pool.diskType()), group.most() * pool.config().diskGb());
            pool.config().accelerator().ifPresent(gpu -> addGpus(group, gpu));
            if (pool.localSsds() > 0) {
                add(
                        group.capacity().isReclaimable() ? "PREEMPTIBLE_LOCAL_SSD_GB" : "LOCAL_SSD_TOTAL_GB",
                        group.most() * pool.localSsds() * LocalSsds.GIB);
            }
        }
    }

    private void addGpus(NodeGroup group, PoolConfig.Accelerator gpu) {
        var metric =
                gpu.type().replace("nvidia-tesla-", "nvidia-").replace('-', '_').toUpperCase(Locale.ROOT) + "_GPUS";
        add(group.capacity().isReclaimable() ? "PREEMPTIBLE_" + metric : metric, group.most() * gpu.count());
    }

    private void add(String metric, long amount) {
        amounts.merge(metric, amount, Long::sum);
    }

    private static String cpuMetric(NodeGroup group, MachineType machine) {
        if (group.capacity().isReclaimable()) {
            return "PREEMPTIBLE_CPUS";
        }
        return OWN_QUOTA.contains(machine.series()) ? machine.series().toUpperCase(Locale.ROOT) + "_CPUS" : "CPUS";
    }

    private static String diskMetric(DiskType type) {
        return switch (type) {
            case PD_STANDARD -> "DISKS_TOTAL_GB";
            case PD_BALANCED, PD_SSD -> "SSD_TOTAL_GB";
            case HYPERDISK_BALANCED -> "HDB_TOTAL_GB";
        };
    }
}
