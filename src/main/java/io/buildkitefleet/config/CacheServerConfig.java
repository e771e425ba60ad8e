package io.buildkitefleet.config;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.read.Section;
import java.util.List;

/**
 * One cache that the system nodes serve.
 *
 * @param sizeGb its disk
 * @param queues the queues that share it: none for every trusted one that does not sign steps
 */
public record CacheServerConfig(int sizeGb, List<String> queues) {
    public CacheServerConfig {
        queues = List.copyOf(queues);
    }

    /**
     * @param sizeGb the disk, unless something else is said
     * @param disk what it is for
     */
    static CacheServerConfig read(Section in, int sizeGb, String disk) {
        return new CacheServerConfig(
                in.field("sizeGb", disk)
                        .integer(Limit.PERSISTENT_DISK.least(), Limit.PERSISTENT_DISK.most())
                        .orElse(sizeGb),
                in.field("queues", "Queues that share it; each can change what the others are given")
                        .someNames("the name of a trusted queue", "leave it out for every trusted queue")
                        .orElse(List.of(), "every trusted queue but the one that signs steps"));
    }
}
