package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Section;
import java.util.List;

/** Reads the build caches. */
final class CachesReader {
    /** The smallest balanced disk: https://cloud.google.com/compute/docs/disks/persistent-disks#disk-types */
    private static final int SMALLEST_DISK_GB = 10;

    private static final int LARGEST_DISK_GB = 65_536;

    private CachesReader() {}

    static CachesConfig read(Section in) {
        try (in) {
            return new CachesConfig(
                    in.field(
                                    "keepDays",
                                    "Days after which an entry is deleted; without the object `caches` there are none")
                            .integer(1, 3650)
                            .orElse(30),
                    in.optionalSection("bazel")
                            .map(bazel ->
                                    server(bazel, 50, "Disk of Bazel's remote cache, in front of its bucket, in GB")),
                    in.optionalSection("go")
                            .map(go -> server(go, 10, "Disk on which the proxy unpacks Go modules, in GB")));
        }
    }

    private static CacheServerConfig server(Section in, int sizeGb, String doc) {
        try (in) {
            return new CacheServerConfig(
                    in.field("sizeGb", doc)
                            .integer(SMALLEST_DISK_GB, LARGEST_DISK_GB)
                            .orElse(sizeGb),
                    in.field("queues", "Queues that share it; each can change what the others are given")
                            .texts(Forms.LABEL, "the name of a trusted queue")
                            .orElse(List.of(), "every trusted queue"));
        }
    }
}
