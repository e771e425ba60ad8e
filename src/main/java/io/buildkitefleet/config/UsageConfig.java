package io.buildkitefleet.config;

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
        int metricSamples) {}
