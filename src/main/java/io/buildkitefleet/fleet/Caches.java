package io.buildkitefleet.fleet;

import io.buildkitefleet.config.value.DiskType;
import java.util.List;

/**
 * The build caches of a fleet.
 *
 * @param bucket the name of the bucket in which each trusted queue has a prefix
 * @param keepDays days after which an entry of any cache's bucket is deleted
 */
public record Caches(String bucket, int keepDays, List<CacheServer> servers) {
    /** Kind of the servers' disks, which a storage class of their own makes. */
    public static final DiskType DISK_TYPE = DiskType.PD_BALANCED;

    public Caches {
        servers = List.copyOf(servers);
    }

    /** Where a queue's own entries are in the bucket, with the slash at the end. */
    public String prefix(Queue queue) {
        return queue.name() + "/";
    }

    /** The servers that a queue's jobs may use. */
    public List<CacheServer> of(Queue queue) {
        return servers.stream()
                .filter(server -> server.queues().contains(queue.name()))
                .toList();
    }

    public Resources requests() {
        return CacheServer.RESOURCES.times(servers.size());
    }

    public int diskGb() {
        return servers.stream().mapToInt(CacheServer::sizeGb).sum();
    }
}
