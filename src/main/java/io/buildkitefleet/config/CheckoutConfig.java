package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.GitMirror;
import java.util.Optional;

/**
 * How trusted queues check out.
 *
 * @param sshKey the secret key whose value is the private ssh key
 * @param gitMirror where they find what others have fetched before
 * @param mirrorDisk what the disks are like, if mirrors are on disks
 */
public record CheckoutConfig(Optional<String> sshKey, GitMirror gitMirror, Optional<MirrorDiskConfig> mirrorDisk) {
    static CheckoutConfig read(Section in) {
        return new CheckoutConfig(
                in.field("sshKey", "Secret key that holds the private ssh key with which trusted queues check out")
                        .secretKey()
                        .optional("none; public repositories only"),
                in.field("gitMirror", "Where trusted queues keep mirrors of their repositories, for faster checkouts")
                        .choice(GitMirror.class)
                        .orElse(GitMirror.NODE),
                in.optionalSection("mirrorDisk", MirrorDiskConfig::read));
    }
}
