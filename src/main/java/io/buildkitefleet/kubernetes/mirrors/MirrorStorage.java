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
import io.buildkitefleet.kubernetes.EncryptedDisks;
import java.util.List;
import java.util.Map;

/**
 * What the disks of git mirrors are made of. A disk is made as soon as it is claimed, not when a pod wants it: one that
 * cannot be made is never given to a pod. Hence it has to be said in which zone.
 */
final class MirrorStorage extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:MirrorStorage";

    /** As the script {@code refresh} names it: of disks in the zone of whatever node fills them. */
    private static final String SCRATCH = "git-mirrors-scratch";

    /** @param key the id of the key with which the disks, and their snapshots with them, are encrypted */
    MirrorStorage(
            String name, List<String> zones, String region, Output<String> key, ComponentResourceOptions options) {
        super(TYPE, name, options);
        CustomObject.snapshotClass(
                name + "-snapshots",
                ObjectMetaArgs.builder().name(QueueMirror.NAME).build(),
                EncryptedDisks.DRIVER,
                Map.of("storage-locations", region),
                child().build());
        new StorageClass(
                name + "-scratch",
                EncryptedDisks.storageClass(SCRATCH, MirrorDisks.DISK_TYPE, key).build(),
                child().build());
        zones.forEach(zone -> new StorageClass(name + "-" + zone, shared(zone, key), child().build()));
        registerOutputs(Map.of());
    }

    /** The storage class of a zone. */
    static String storageClass(String zone) {
        return QueueMirror.NAME + "-" + zone;
    }

    private static StorageClassArgs shared(String zone, Output<String> key) {
        return EncryptedDisks.storageClass(storageClass(zone), MirrorDisks.DISK_TYPE, key)
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
