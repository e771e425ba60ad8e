package io.buildkitefleet.config;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Repository;
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

    static MirrorDiskConfig read(Section in) {
        return new MirrorDiskConfig(
                in.field("repositories", "Repositories on the disks of git mirrors, by the addresses of pipelines")
                        .parsedItemsInPlace("a repository such as git@github.com:acme/app.git", Repository.ADDRESS, "")
                        .required(),
                in.field("sizeGb", "Each disk of git mirrors, in GB; it may grow later, but not shrink")
                        .integer(Limit.PERSISTENT_DISK.least(), Limit.PERSISTENT_DISK.most())
                        .orElse(32),
                in.field("refreshHours", "New disks are made at the hours of the day, in UTC, that divide by this")
                        .integer(1, 24)
                        .orElse(6),
                in.field("image", "Image that makes the disks, with git, ssh and kubectl: images/agent's")
                        .text(Notations.PINNED_IMAGE, "an image with a digest or with a tag other than latest")
                        .required());
    }
}
