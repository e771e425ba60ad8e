package io.buildkitefleet.config;

import java.util.List;

/**
 * One cache that the system nodes serve.
 *
 * @param sizeGb its disk
 * @param queues the queues that share it: none for every trusted one
 */
public record CacheServerConfig(int sizeGb, List<String> queues) {
    public CacheServerConfig {
        queues = List.copyOf(queues);
    }
}
