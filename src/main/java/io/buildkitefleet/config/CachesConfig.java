package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Section;
import java.util.Optional;

/**
 * The build caches.
 *
 * @param keepDays days after which what was put into a cache's bucket is deleted
 * @param bazel a remote cache for Bazel
 * @param go a proxy for Go modules
 */
public record CachesConfig(int keepDays, Optional<CacheServerConfig> bazel, Optional<CacheServerConfig> go) {
    static CachesConfig read(Section in) {
        return new CachesConfig(
                in.field("keepDays", "Days after which an entry is deleted; without the object `caches` there are none")
                        .integer(1, 3650)
                        .orElse(30),
                in.optionalSection(
                        "bazel",
                        bazel -> CacheServerConfig.read(
                                bazel, 50, "Disk of Bazel's remote cache, in front of its bucket, in GB")),
                in.optionalSection(
                        "go",
                        go -> CacheServerConfig.read(go, 10, "Disk on which the proxy unpacks Go modules, in GB")));
    }
}
