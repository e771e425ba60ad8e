package io.buildkitefleet.diff;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which inputs cannot be changed where they are, for every type that the program registers.
 *
 * <p>Google's are the fields with {@code ForceNew} of <a
 * href="https://github.com/hashicorp/terraform-provider-google-beta/tree/v5.2.0/google-beta/services">the Terraform
 * provider</a> that Pulumi's gcp 7.0.0 is made of; those of Kubernetes are in <a
 * href="https://github.com/pulumi/pulumi-kubernetes/blob/v4.0.0/provider/pkg/provider/diff.go">diff.go</a>.
 */
public final class Replacements {
    /**
     * Of a node:
     * https://github.com/hashicorp/terraform-provider-google-beta/blob/v5.2.0/google-beta/services/container/node_config.go
     */
    private static final Set<String> NODE = under(
            "nodeConfig",
            "advancedMachineFeatures",
            "bootDiskKmsKey",
            "confidentialNodes",
            "diskSizeGb",
            "diskType",
            "ephemeralStorageConfig",
            "ephemeralStorageLocalSsdConfig",
            "gcfsConfig",
            "guestAccelerators",
            "gvnic",
            "hostMaintenancePolicy",
            "localNvmeSsdBlockConfig",
            "localSsdCount",
            "machineType",
            "metadata",
            "minCpuPlatform",
            "nodeGroup",
            "oauthScopes",
            "preemptible",
            "reservationAffinity",
            "sandboxConfig",
            "serviceAccount",
            "shieldedInstanceConfig",
            "soleTenantConfig",
            "spot",
            "taints");

    private static final Set<String> CLUSTER = with(
            NODE,
            "clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey",
            "clusterIpv4Cidr",
            "confidentialNodes",
            "datapathProvider",
            "defaultMaxPodsPerNode",
            "description",
            "dnsConfig",
            "enableAutopilot",
            "enableKubernetesAlpha",
            "enableMultiNetworking",
            "enableTpu",
            "initialNodeCount",
            "ipAllocationPolicy",
            "location",
            "masterAuth.clientCertificateConfig",
            "name",
            "network",
            "networkingMode",
            "nodePools",
            "privateClusterConfig.enablePrivateNodes",
            "privateClusterConfig.masterIpv4CidrBlock",
            "privateClusterConfig.privateEndpointSubnetwork",
            "project",
            "subnetwork",
            "tpuConfig");

    private static final Set<String> NODE_POOL = with(
            NODE,
            "cluster",
            "initialNodeCount",
            "location",
            "maxPodsPerNode",
            "name",
            "namePrefix",
            "networkConfig.additionalNodeNetworkConfigs",
            "networkConfig.additionalPodNetworkConfigs",
            "networkConfig.createPodRange",
            "networkConfig.podCidrOverprovisionConfig",
            "networkConfig.podIpv4CidrBlock",
            "networkConfig.podRange",
            "placementPolicy",
            "project");

    /**
     * https://github.com/hashicorp/terraform-provider-google-beta/blob/v5.2.0/google-beta/tpgiamresource/resource_iam_member.go
     */
    private static final Set<String> MEMBER = Set.of("condition", "member", "role");

    private static final Set<String> OBJECT = Set.of("apiVersion", "kind", "metadata.name", "metadata.namespace");

    private static final Map<String, Set<String>> BY_TYPE = Stream.of(
                    ReplacedInputs.BY_TYPE,
                    Map.of(
                            "gcp:container/cluster:Cluster", CLUSTER,
                            "gcp:container/nodePool:NodePool", NODE_POOL))
            .flatMap(types -> types.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Replacements() {}

    /** @param path of an input, for example {@code nodeConfig.taints[0].key} */
    public static Effect of(String type, String path) {
        if (InputPaths.touch(ReplacedInputs.PERHAPS.getOrDefault(type, Set.of()), path)) {
            return Effect.MAY_REPLACE;
        }
        if (!BY_TYPE.containsKey(type)) {
            return Effect.MAY_REPLACE;
        }
        var replaced = InputPaths.touch(BY_TYPE.get(type), path)
                || type.startsWith("kubernetes:") && InputPaths.touch(OBJECT, path)
                || ReplacedInputs.MEMBERS.contains(type) && InputPaths.touch(MEMBER, path);
        return replaced ? Effect.REPLACE : Effect.UPDATE;
    }

    private static Set<String> under(String parent, String... names) {
        return Stream.of(names).map(name -> parent + "." + name).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> with(Set<String> some, String... others) {
        var all = new TreeSet<>(some);
        all.addAll(Set.of(others));
        return all;
    }
}
