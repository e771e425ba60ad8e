package io.buildkitefleet.kubernetes.caches;

import com.pulumi.core.Output;
import io.buildkitefleet.fleet.CacheServer;
import java.util.List;

/** What {@link BuildCaches} are made of. */
public record BuildCachesArgs(List<Server> servers) {
    /**
     * One cache server.
     *
     * @param identity the address of its Google service account
     * @param bucket its bucket, known once the identity may use it
     */
    public record Server(CacheServer cache, Output<String> identity, Output<String> bucket) {}

    public BuildCachesArgs {
        servers = List.copyOf(servers);
    }
}
