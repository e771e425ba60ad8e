package io.buildkitefleet.config;

import java.util.Optional;

/**
 * The build caches.
 *
 * @param keepDays days after which what was put into a cache's bucket is deleted
 * @param bazel a remote cache for Bazel
 * @param go a proxy for Go modules
 */
public record CachesConfig(int keepDays, Optional<CacheServerConfig> bazel, Optional<CacheServerConfig> go) {}
