package io.buildkitefleet.cloud;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Objects;
import java.util.Optional;

/** What Google, Kubernetes and Helm allow. The numbers, their units and their sources stand in a file, one row each. */
public enum Limit {
    NODE_POOL_NAME("nodePoolName"),
    SERVICE_ACCOUNT_ID("serviceAccountId"),
    BUCKET_NAME("bucketName"),
    NAMESPACE_NAME("namespaceName"),
    HELM_RELEASE("helmRelease"),
    PROVIDER_CONDITION("providerCondition"),
    PROVIDER_ID("providerId"),
    SECRET_VERSION("secretVersion"),
    KUBERNETES_SECRET("kubernetesSecret"),
    NODES_OF_POOL_IN_ZONE("nodesOfPoolInZone"),
    NODES_OF_CLUSTER("nodesOfCluster"),
    NODES_OF_CLUSTER_UNASKED("nodesOfClusterUnasked"),
    VOLUMES_OF_NODE("volumesOfNode"),
    VOLUMES_OF_SHARED_CORE_NODE("volumesOfSharedCoreNode"),
    AUTHORIZED_NETWORKS("authorizedNetworks"),
    AUTHORIZED_NETWORKS_OF_REFERENCE("authorizedNetworksOfReference"),
    PODS_OF_NODE("podsOfNode"),
    POD_ADDRESSES_OF_NODE("podAddressesOfNode"),
    CONTROL_PLANE_PREFIX("controlPlanePrefix"),
    SERVICES_PREFIX("servicesPrefix"),
    LABELS("labels"),
    SUBNET_RESERVED("subnetReserved"),
    NAT_PORTS("natPorts"),
    PERSISTENT_DISK("persistentDisk"),
    ZONES_OF_REGIONAL_CLUSTER("zonesOfRegionalCluster"),
    MAINTENANCE_WINDOW("maintenanceWindow"),
    MAINTENANCE_AVAILABILITY("maintenanceAvailability"),
    MAINTENANCE_PERIOD("maintenancePeriod"),
    EXCLUSION_WITHOUT_UPGRADES("exclusionWithoutUpgrades"),
    EXCLUSIONS_WITHOUT_UPGRADES("exclusionsWithoutUpgrades");

    private final String key;
    private final JsonObject row;

    Limit(String key) {
        this.key = key;
        this.row = Objects.requireNonNull(rows().getAsJsonObject(key), key);
    }

    /** The largest number that is allowed; of a limit that has none, there is none. */
    public int most() {
        return number("most");
    }

    /** The smallest number that is allowed. */
    public int least() {
        return number("least");
    }

    /** Where the numbers are from. */
    public String source() {
        return row.get("source").getAsString();
    }

    /** Its name in the file. */
    String key() {
        return key;
    }

    static JsonObject rows() {
        return File.READ.json().getAsJsonObject("limits");
    }

    private int number(String bound) {
        return Optional.ofNullable(row.get(bound))
                .map(JsonElement::getAsInt)
                .orElseThrow(() -> new IllegalStateException(key + " has no " + bound));
    }

    /** Read before the first limit is there, which an enum's own fields are not. */
    private static final class File {
        private static final FactFile READ = FactFile.of("/cloud/limits.json");
    }
}
