package io.buildkitefleet.config;

import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.DockerMode;

/**
 * How a queue that can {@link Capability#DOCKER} builds images.
 *
 * @param usernsRemap whether root in a job's containers is another user to the daemon; files that such containers make
 *     in the working directory are then not the job's, and host networking and privileged containers need
 *     {@code --userns=host}
 */
public record DockerConfig(DockerMode mode, boolean usernsRemap) {
    public static final DockerConfig DEFAULT = new DockerConfig(DockerMode.DAEMON, false);
}
