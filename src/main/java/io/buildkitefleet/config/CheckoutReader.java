package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.GitMirror;
import io.buildkitefleet.config.value.Repository;

/** Reads how trusted queues check out. */
final class CheckoutReader {
    /** The smallest balanced disk: https://cloud.google.com/compute/docs/disks/persistent-disks#disk-types */
    private static final int SMALLEST_DISK_GB = 10;

    private static final int LARGEST_DISK_GB = 65_536;

    private CheckoutReader() {}

    static CheckoutConfig read(Section in) {
        try (in) {
            return new CheckoutConfig(
                    in.field("sshKey", "Secret key that holds the private ssh key with which trusted queues check out")
                            .secretKey()
                            .optional("none; public repositories only"),
                    in.field(
                                    "gitMirror",
                                    "Where trusted queues keep mirrors of their repositories, for faster checkouts")
                            .choice(GitMirror.class)
                            .orElse(GitMirror.NODE),
                    in.optionalSection("mirrorDisk").map(CheckoutReader::disk));
        }
    }

    private static MirrorDiskConfig disk(Section in) {
        try (in) {
            return new MirrorDiskConfig(
                    in.field("repositories", "Repositories on the disks of git mirrors, by the addresses of pipelines")
                            .parsedItems(
                                    "a repository such as git@github.com:acme/app.git",
                                    address -> Repository.parse(address).map(known -> address))
                            .required(),
                    in.field("sizeGb", "Each disk of git mirrors, in GB; it may grow later, but not shrink")
                            .integer(SMALLEST_DISK_GB, LARGEST_DISK_GB)
                            .orElse(32),
                    in.field("refreshHours", "New disks are made at the hours of the day, in UTC, that divide by this")
                            .integer(1, 24)
                            .orElse(6),
                    in.field("image", "Image that makes the disks, with git, ssh and kubectl: images/agent's")
                            .text(Forms.PINNED_IMAGE, "an image with a digest or with a tag other than latest")
                            .required());
        }
    }
}
