package io.buildkitefleet.rules;

import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.resources.GoogleType;

/** The plan of the stack that uses every key, with all of it mended that breaks a rule there. */
public final class SoundPlan {
    private SoundPlan() {}

    static EditedPlan of(StackPreview full) {
        var plan = StackPlan.of(full);
        return new EditedPlan(plan.resources(), plan.fleet())
                .allProtected()
                .with("cluster-gke", "true", "privateClusterConfig", "enablePrivateEndpoint")
                .with("cluster-gke", "true", "deletionProtection")
                .withEach(GoogleType.BUCKET, "false", "forceDestroy")
                .withEach(GoogleType.BUCKET, "\"logs\"", "logging", "logBucket")
                .withEach(GoogleType.BUCKET, "true", "versioning", "enabled")
                .with("queue-big-namespace-border", "\"baseline\"", LEVEL)
                .with("queue-images-namespace-border", "\"baseline\"", LEVEL)
                .with("queue-small-namespace-border", "\"baseline\"", LEVEL)
                .with("queue-big-release", "[{\"configMapRef\":{\"name\":\"environment\"}}]", ENVIRONMENT)
                .with("queue-big-release", "false", PRIVILEGED)
                .with("queue-big-admission", "\"user 0\"", "data", "builder.rights")
                .with(
                        "queue-images-release",
                        "{}",
                        "values",
                        "config",
                        "pod-spec-patch",
                        "initContainers",
                        0,
                        "securityContext")
                .without("queue-big-release", "values", "config", "default-checkout-params")
                .without("queue-images-release", "values", "config", "default-checkout-params")
                .without("queue-small-release", "values", "config", "default-checkout-params")
                .without("queue-deploy-release", "values", "config", "default-checkout-params")
                .without("queue-gpu-release", "values", "config", "default-checkout-params")
                .without("queue-upload-release", "values", "config", "default-checkout-params")
                .with("queue-gpu-release", "true", "values", "config", "prohibit-kubernetes-plugin")
                .with("queue-gpu-admission", "\"prohibited\"", "data", "podSpecs")
                .and("gcp:projects/service:Service", "scanning", "{\"service\":\"containerscanning.googleapis.com\"}")
                .and(
                        "gcp:binaryauthorization/policy:Policy",
                        "policy",
                        "{\"defaultAdmissionRule\":{\"evaluationMode\":\"ALWAYS_DENY\"}}")
                .and(
                        "kubernetes:apps/v1:DaemonSet",
                        "auditd",
                        "{\"metadata\":{\"name\":\"cos-auditd-logging\",\"namespace\":\"logging\"},\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"auditd\"}},"
                                + "\"template\":{\"metadata\":{\"labels\":{\"app\":\"auditd\"}},\"spec\":"
                                + "{\"serviceAccountName\":\"auditd\",\"containers\":[]}}}}")
                .and(
                        "gcp:projects/iAMAuditConfig:IAMAuditConfig",
                        "reads",
                        "{\"service\":\"allServices\",\"auditLogConfigs\":[{\"logType\":\"DATA_READ\"}]}")
                .and(
                        "gcp:compute/disk:Disk",
                        "mirror",
                        "{\"diskEncryptionKey\":{\"kmsKeySelfLink\":\"projects/acme-ci-full/locations/us-west1/keyRings/r/cryptoKeys/k\"}}")
                .and(
                        "kubernetes:core/v1:Service",
                        "service",
                        "{\"metadata\":{\"namespace\":\"apps\"},\"spec\":{\"type\":\"ClusterIP\"}}");
    }

    static final Object[] LEVEL = {"metadata", "labels", "pod-security.kubernetes.io/enforce"};

    private static final Object[] PRIVILEGED = {
        "values", "config", "pod-spec-patch", "initContainers", 0, "securityContext", "privileged"
    };

    private static final Object[] ENVIRONMENT = {"values", "config", "default-command-params", "envFrom"};
}
