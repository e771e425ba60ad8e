package io.buildkitefleet.config;

import java.util.List;

/**
 * The disks of git mirrors.
 *
 * @param repositories addresses as pipelines name them: the agent looks for a mirror by the very address
 * @param refreshHours hours of the day that divide by it have a new disk made
 * @param image has git, ssh and kubectl
 */
public record MirrorDiskConfig(List<String> repositories, int sizeGb, int refreshHours, String image) {
    public MirrorDiskConfig {
        repositories = List.copyOf(repositories);
    }
}
