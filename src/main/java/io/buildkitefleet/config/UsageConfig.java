package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Section;

/**
 * What a month uses and no configuration says: the assumptions of the cost estimate, which nothing else reads.
 *
 * @param natGib GiB through the NAT, in both directions
 * @param egressGib GiB to the internet
 * @param artifactsGib GiB in the artifact bucket, on average
 * @param artifactWrites objects written, listed or copied: Cloud Storage's class A
 * @param artifactReads objects read: Cloud Storage's class B
 * @param cachesGib GiB in the buckets of the build caches, on average
 * @param imagesGib GiB in the image registry, on average
 * @param keyVersions enabled versions of each KMS key
 * @param keyOperations encryptions and decryptions with the KMS keys
 * @param secretReads reads of secret versions
 * @param logsGib GiB of logs
 * @param flowLogsGib GiB of the network's logs
 * @param metricSamples millions of samples that Managed Prometheus takes in
 */
public record UsageConfig(
        int natGib,
        int egressGib,
        int artifactsGib,
        int artifactWrites,
        int artifactReads,
        int cachesGib,
        int imagesGib,
        int keyVersions,
        int keyOperations,
        int secretReads,
        int logsGib,
        int flowLogsGib,
        int metricSamples) {
    private static final int MOST = 1_000_000_000;

    static UsageConfig read(Section in) {
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

    private static int amount(Section in, String key, String doc, int assumed) {
        return in.field(key, doc).integer(0, MOST).orElse(assumed);
    }
}
