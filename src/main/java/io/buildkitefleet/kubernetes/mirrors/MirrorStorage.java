package io.buildkitefleet.kubernetes.mirrors;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.TopologySelectorLabelRequirementArgs;
import com.pulumi.kubernetes.core.v1.inputs.TopologySelectorTermArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.storage.v1.StorageClass;
import com.pulumi.kubernetes.storage.v1.StorageClassArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.kubernetes.CustomObject;
import java.util.List;
import java.util.Map;

/**
 * What the disks of git mirrors are made of. A disk is made as soon as it is claimed, not when a pod wants it: one that
 * cannot be made is never given to a pod. Hence it has to be said in which zone.
 */
final class MirrorStorage extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:MirrorStorage";

    /** https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/gce-pd-csi-driver */
    private static final String DRIVER = "pd.csi.storage.gke.io";

    /** As the script {@code refresh} names it: of disks in the zone of whatever node fills them. */
    private static final String SCRATCH = "git-mirrors-scratch";

    /** @param key the id of the key with which the disks, and their snapshots with them, are encrypted */
    MirrorStorage(
            String name, List<String> zones, String region, Output<String> key, ComponentResourceOptions options) {
        super(TYPE, name, options);
        CustomObject.snapshotClass(
                name + "-snapshots",
                ObjectMetaArgs.builder().name(QueueMirror.NAME).build(),
                DRIVER,
                Map.of("storage-locations", region),
                child().build());
        new StorageClass(
                name + "-scratch",
                disks(SCRATCH, key).volumeBindingMode("WaitForFirstConsumer").build(),
                child().build());
        zones.forEach(zone -> new StorageClass(name + "-" + zone, shared(zone, key), child().build()));
        registerOutputs(Map.of());
    }

    /** The storage class of a zone. */
    static String storageClass(String zone) {
        return QueueMirror.NAME + "-" + zone;
    }

    private static StorageClassArgs.Builder disks(String name, Output<String> key) {
        return StorageClassArgs.builder()
                .metadata(ObjectMetaArgs.builder().name(name).build())
                .provisioner(DRIVER)
                .parameters(key.applyValue(
                        id -> Map.of("type", MirrorDisks.DISK_TYPE.apiName(), "disk-encryption-kms-key", id)))
                .reclaimPolicy("Delete");
    }

    private static StorageClassArgs shared(String zone, Output<String> key) {
        return disks(storageClass(zone), key)
                .volumeBindingMode("Immediate")
                .allowedTopologies(TopologySelectorTermArgs.builder()
                        .matchLabelExpressions(TopologySelectorLabelRequirementArgs.builder()
                                .key("topology.gke.io/zone")
                                .values(zone)
                                .build())
                        .build())
                .build();
    }
}
