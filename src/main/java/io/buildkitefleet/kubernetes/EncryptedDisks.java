package io.buildkitefleet.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.storage.v1.StorageClassArgs;
import io.buildkitefleet.config.value.DiskType;
import java.util.Map;

/** Storage classes of disks with the fleet's own key; those that GKE has have a key of Google's. */
public final class EncryptedDisks {
    /** https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/gce-pd-csi-driver */
    public static final String DRIVER = "pd.csi.storage.gke.io";

    private EncryptedDisks() {}

    /**
     * Disks that are made where the pod is that claims them, and go with their claim.
     *
     * @param key the id of the key with which they, and their snapshots with them, are encrypted
     */
    public static StorageClassArgs.Builder storageClass(String name, DiskType type, Output<String> key) {
        return StorageClassArgs.builder()
                .metadata(ObjectMetaArgs.builder().name(name).build())
                .provisioner(DRIVER)
                .parameters(key.applyValue(id -> Map.of("type", type.apiName(), "disk-encryption-kms-key", id)))
                .reclaimPolicy("Delete")
                .volumeBindingMode("WaitForFirstConsumer");
    }
}
