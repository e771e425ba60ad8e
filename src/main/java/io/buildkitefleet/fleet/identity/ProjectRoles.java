package io.buildkitefleet.fleet.identity;

import java.util.List;

/** Roles on the whole project, because Google takes them nowhere else. */
public final class ProjectRoles {
    /** Of nodes: https://docs.cloud.google.com/kubernetes-engine/security/configure-node-service-accounts */
    public static final String NODES = "roles/container.defaultNodeServiceAccount";

    /**
     * Of nodes that stream images, to use the service that does:
     * https://docs.cloud.google.com/kubernetes-engine/docs/how-to/image-streaming#requirements
     */
    public static final String STREAMING = "roles/serviceusage.serviceUsageConsumer";

    /** Those that the fleet grants, besides the ones of its deployers. */
    public static final List<String> GRANTED = List.of(NODES, STREAMING);

    /**
     * Of a deployer, to write what is in the cluster:
     * https://docs.cloud.google.com/iam/docs/roles-permissions/container
     */
    public static final String CLUSTER_ADMIN = "roles/container.admin";

    /** Of a deployer, to read what is in the cluster, but for Secrets: the same page. */
    public static final String CLUSTER_VIEWER = "roles/container.viewer";

    private ProjectRoles() {}
}
