package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import java.util.Map;

/**
 * What an {@link ImageRegistry} is made of.
 *
 * @param id the repository's id, unique in the region
 * @param cachePrefix what the names of layer caches begin with, which are deleted when they are old
 * @param key the id of the KMS key that encrypts the images
 * @param nodes the IAM member of the nodes, which pull
 * @param writers queue to the IAM member of its jobs, which push
 */
public record ImageRegistryArgs(
        Output<String> project,
        String region,
        String id,
        String cachePrefix,
        Output<String> key,
        Output<String> nodes,
        Map<String, Output<String>> writers,
        Map<String, String> labels,
        boolean protect) {}
