package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.LocalSsds;
import io.buildkitefleet.cloud.MachineSeries;
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
    /**
     * Of the whole project, in all regions, and lower than those of a region in new projects. Whether nodes that may be
     * taken back count is said nowhere, so they do: https://cloud.google.com/compute/docs/reference/rest/v1/projects
     */
    private static final String ALL_CPUS = "CPUS_ALL_REGIONS";

    private static final String ALL_GPUS = "GPUS_ALL_REGIONS";

    /** What counts the vCPUs of newer series, each by itself; gcloud shows it neither of a region nor of a project. */
    private static final String CPUS_BY_SERIES = "CPUS_PER_VM_FAMILY:";

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
            var vcpus = group.most() * pool.machine().vcpus();
            add(cpuMetric(group, pool.machine()), vcpus);
            add(ALL_CPUS, vcpus);
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
        var metric = gpu.type()
                        .replace("nvidia-tesla-", "nvidia-")
                        .replace("nvidia-h100-80gb", "nvidia-h100")
                        .replace('-', '_')
                        .toUpperCase(Locale.ROOT)
                + "_GPUS";
        add(group.capacity().isReclaimable() ? "PREEMPTIBLE_" + metric : metric, group.most() * gpu.count());
        add(ALL_GPUS, group.most() * gpu.count());
    }

    private void add(String metric, long amount) {
        amounts.merge(metric, amount, Long::sum);
    }

    private static String cpuMetric(NodeGroup group, MachineType machine) {
        if (group.capacity().isReclaimable()) {
            return "PREEMPTIBLE_CPUS";
        }
        return machine.known()
                .flatMap(MachineSeries::cpuQuota)
                .orElseGet(() -> CPUS_BY_SERIES + machine.series().toUpperCase(Locale.ROOT));
    }

    private static String diskMetric(DiskType type) {
        return switch (type) {
            case PD_STANDARD -> "DISKS_TOTAL_GB";
            case PD_BALANCED, PD_SSD -> "SSD_TOTAL_GB";
            case HYPERDISK_BALANCED -> "HDB_TOTAL_GB";
        };
    }
}
