package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Section;
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

    static DockerConfig read(Section in) {
        return new DockerConfig(
                in.field("mode", "What builds images: a Docker daemon, or BuildKit without a privileged container")
                        .choice(DockerMode.class)
                        .orElse(DEFAULT.mode),
                in.field("usernsRemap", "Whether root in the daemon's containers is another user outside them")
                        .flag()
                        .orElse(DEFAULT.usernsRemap));
    }
}
