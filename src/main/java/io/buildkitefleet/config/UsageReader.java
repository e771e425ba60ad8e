package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Section;

/** Reads what a month uses. */
final class UsageReader {
    private static final int MOST = 1_000_000_000;

    private UsageReader() {}

    static UsageConfig read(Section in) {
        try (in) {
            return new UsageConfig(
                    amount(in, "natGib", "GiB a month through the NAT, in both directions", 500),
                    amount(in, "egressGib", "GiB a month to the internet", 50),
                    amount(in, "artifactsGib", "GiB in the artifact bucket", 100),
                    amount(in, "artifactWrites", "Objects written, listed or copied a month", 100_000),
                    amount(in, "artifactReads", "Objects read a month", 100_000),
                    amount(in, "cachesGib", "GiB in the buckets of the build caches", 100),
                    amount(in, "imagesGib", "GiB in the image registry", 50),
                    amount(in, "keyVersions", "Enabled versions of each key; rotation adds one in 90 days", 5),
                    amount(in, "keyOperations", "Encryptions and decryptions with the keys a month", 100_000),
                    amount(in, "secretReads", "Reads of secrets a month", 10_000),
                    amount(in, "logsGib", "GiB of logs a month", 100),
                    amount(in, "flowLogsGib", "GiB a month of the network's own logs", 20),
                    amount(in, "metricSamples", "Millions of samples a month that jobs give Managed Prometheus", 0));
        }
    }

    private static int amount(Section in, String key, String doc, int assumed) {
        return in.field(key, doc).integer(0, MOST).orElse(assumed);
    }
}
