package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.GitMirror;
import io.buildkitefleet.config.value.HostKey;
import java.util.List;
import java.util.Optional;

/**
 * How trusted queues check out.
 *
 * @param sshKey the secret key whose value is the private ssh key
 * @param knownHosts keys of git servers that are reached over ssh, beside those that the fleet knows
 * @param gitMirror where they find what others have fetched before
 * @param mirrorDisk what the disks are like, if mirrors are on disks
 */
public record CheckoutConfig(
        Optional<String> sshKey, List<HostKey> knownHosts, GitMirror gitMirror, Optional<MirrorDiskConfig> mirrorDisk) {
    public CheckoutConfig {
        knownHosts = List.copyOf(knownHosts);
    }

    static CheckoutConfig read(Section in) {
        return new CheckoutConfig(
                in.field("sshKey", "Secret key that holds the private ssh key with which trusted queues check out")
                        .secretKey()
                        .optional("none; public repositories only"),
                in.field("knownHosts", "Keys of git servers that are reached over ssh, as lines of a file known_hosts")
                        .parsedItems(
                                "a line of known_hosts for one server, such as \"git.example.com ssh-ed25519 AAAA...\", "
                                        + "as ssh-keyscan prints it",
                                HostKey.NOTATION)
                        .orElse(List.of(), "those of github.com, gitlab.com and bitbucket.org"),
                in.field("gitMirror", "Where trusted queues keep mirrors of their repositories, for faster checkouts")
                        .choice(GitMirror.class)
                        .orElse(GitMirror.NODE),
                in.optionalSection("mirrorDisk", MirrorDiskConfig::read));
    }
}
