package io.buildkitefleet.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;

/**
 * How the cluster is reached.
 *
 * @param cluster its name
 * @param endpoint the address of its API
 * @param authority the certificate of its authority, as base64 of PEM
 * @param incarnation names the cluster, and another one after it was replaced
 * @param nodes the nodes without which no pod of the cluster starts
 */
public record KubernetesApiArgs(
        Output<String> cluster,
        Output<String> endpoint,
        Output<String> authority,
        String incarnation,
        Resource nodes) {}
