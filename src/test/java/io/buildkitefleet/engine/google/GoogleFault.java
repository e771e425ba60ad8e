package io.buildkitefleet.engine.google;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.engine.provider.Values;
import java.util.Set;

/**
 * What keeps Google from making a resource: it has not yet heard of what was made a moment ago, has none of it left, or
 * does not come to an end. Messages are those of Google and of its provider; words in braces stand for inputs and the
 * id.
 */
public enum GoogleFault {
    /**
     * Of a service account that was made a moment ago: <a
     * href="https://github.com/GoogleCloudPlatform/data-migration-tool/issues/58">seen</a>.
     */
    ACCOUNT_NOT_SEEN(
            Set.of("gcp:storage/bucketIAMMember:BucketIAMMember"),
            "Error applying IAM policy for storage bucket \"b/{bucket}\": Error setting IAM policy for storage bucket"
                    + " \"b/{bucket}\": googleapi: Error 400: Service account {account} does not exist., invalid"),

    /**
     * Of the agent of a service that was turned on a moment ago: <a
     * href="https://github.com/hashicorp/terraform-provider-google/issues/9969">seen</a>.
     */
    AGENT_NOT_SEEN(
            Set.of("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember"),
            "Error applying IAM policy for KMS CryptoKey \"{cryptoKeyId}\": Error setting IAM policy for KMS CryptoKey"
                    + " \"{cryptoKeyId}\": googleapi: Error 400: Service account {account} does not exist., badRequest"),

    /** Of a key's grant: <a href="https://github.com/hashicorp/terraform-provider-google/issues/11913">seen</a>. */
    GRANT_NOT_SEEN(
            Set.of("gcp:artifactregistry/repository:Repository"),
            "Error waiting to create Repository: Error waiting for Creating Repository: Error code 7, message: Permission"
                    + " denied on Cloud KMS key. Please ensure your Artifact Registry service account has been authorized"
                    + " to use the configured key."),

    /** Of a service: <a href="https://github.com/midl-dev/tezos-on-gke/issues/34">seen</a>. */
    SERVICE_NOT_SEEN(
            Set.of("gcp:compute/network:Network"),
            "Error creating Network: googleapi: Error 403: Compute Engine API has not been used in project {number} before"
                    + " or it is disabled. Enable it by visiting"
                    + " https://console.developers.google.com/apis/api/compute.googleapis.com/overview?project={number}"
                    + " then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our"
                    + " systems and retry., accessNotConfigured"),

    /**
     * The project may have no more: <a
     * href="https://github.com/kaiwaehner/hivemq-mqtt-tensorflow-kafka-realtime-iot-machine-learning-training-inference/issues/48">
     * seen</a>.
     */
    QUOTA_EXCEEDED(
            Set.of("gcp:container/nodePool:NodePool"),
            "error creating NodePool: googleapi: Error 403: \n\t(1) insufficient regional quota to satisfy request: resource"
                    + " \"CPUS\": request requires '72.0' and is short '48.0'. project has a quota of '24.0' with '24.0'"
                    + " available. View and manage quotas at"
                    + " https://console.cloud.google.com/iam-admin/quotas?usage=USED&project={project}., forbidden"),

    /**
     * The zone has no more; the pool is there and waits: <a
     * href="https://github.com/hashicorp/terraform-provider-google-beta/blob/v7.45.0/google-beta/services/container/resource_container_node_pool.go">
     * resourceContainerNodePoolCreate</a>.
     */
    OUT_OF_STOCK(
            Set.of("gcp:container/nodePool:NodePool"),
            Left.COMPLETE,
            "NodePool {name} was created in the error state \"RUNNING_WITH_ERROR\""),

    /**
     * The cluster is there and does not work: <a
     * href="https://github.com/hashicorp/terraform-provider-google/issues/2960">seen</a>.
     */
    CLUSTER_IN_ERROR(
            Set.of("gcp:container/cluster:Cluster"),
            Left.AS_ASKED,
            "Error waiting for creating GKE cluster: All cluster resources were brought up, but the cluster API is reporting"
                    + " that: only 0 nodes out of 1 have registered; cluster may be unhealthy."),

    /**
     * The cluster is not ready when the provider gives up: <a
     * href="https://github.com/hashicorp/terraform-provider-google/issues/5229">seen</a>.
     */
    OPERATION_GOES_ON(
            Set.of("gcp:container/cluster:Cluster"),
            Left.AS_ASKED,
            "Error waiting for creating GKE cluster: timeout while waiting for state to become 'DONE' (last state:"
                    + " 'RUNNING', timeout: 2h0m0s)");

    /** What the provider knows of the resource when it fails. */
    public enum Left {
        /** Nothing: it was not made. */
        NOTHING,
        /** All of it: it was read. */
        COMPLETE,
        /** What was asked for: it was not read yet. */
        AS_ASKED
    }

    /**
     * What is said of a node pool in a cluster that is not running, after the provider has tried for its whole time: <a
     * href="https://github.com/hashicorp/terraform-provider-google/issues/7638">seen</a>.
     */
    public static final String IN_A_CLUSTER_IN_ERROR =
            "error creating NodePool: googleapi: Error 400: Cluster is currently being created, deleted, updated or repaired"
                    + " and cannot be updated., failedPrecondition";

    private final Set<String> types;
    private final Left left;
    private final String message;

    GoogleFault(Set<String> types, String message) {
        this(types, Left.NOTHING, message);
    }

    GoogleFault(Set<String> types, Left left, String message) {
        this.types = types;
        this.left = left;
        this.message = message;
    }

    public Left left() {
        return left;
    }

    /** Whether it hits the creation of a resource. */
    public boolean hits(String type, Struct inputs) {
        var account = account(inputs);
        return types.contains(type)
                && switch (this) {
                    case ACCOUNT_NOT_SEEN -> account.endsWith(".iam.gserviceaccount.com");
                    case AGENT_NOT_SEEN -> account.startsWith("service-");
                    default -> true;
                };
    }

    /** What is said of it. */
    public String message(Struct facts) {
        var known = facts.toBuilder()
                .putFields("account", Values.of(account(facts)))
                .build();
        return GoogleAnswers.expandedText(message, Value.getDefaultInstance(), Values.of(known))
                .getStringValue();
    }

    private static String account(Struct inputs) {
        return Values.text(inputs, "member").orElse("").replaceFirst("^serviceAccount:", "");
    }
}
