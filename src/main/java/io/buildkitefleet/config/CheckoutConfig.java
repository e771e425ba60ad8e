package io.buildkitefleet.config;

import io.buildkitefleet.config.value.GitMirror;
import java.util.Optional;

/**
 * How trusted queues check out.
 *
 * @param sshKey the secret key whose value is the private ssh key
 * @param gitMirror where they find what others have fetched before
 * @param mirrorDisk what the disks are like, if mirrors are on disks
 */
public record CheckoutConfig(Optional<String> sshKey, GitMirror gitMirror, Optional<MirrorDiskConfig> mirrorDisk) {}
