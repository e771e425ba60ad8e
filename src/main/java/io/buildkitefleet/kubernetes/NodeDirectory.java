package io.buildkitefleet.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.PersistentVolume;
import com.pulumi.kubernetes.core.v1.PersistentVolumeArgs;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaim;
import com.pulumi.kubernetes.core.v1.PersistentVolumeClaimArgs;
import com.pulumi.kubernetes.core.v1.inputs.HostPathVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ObjectReferenceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.Queue;
import java.util.List;
import java.util.Map;

/**
 * A directory of each node that a queue's jobs run on. A volume that names a directory and no node means that directory
 * of whichever node a pod is on. It is claimed, not written into pods: Pod Security keeps every other path of the node
 * closed, the claim opens this one, and no other namespace can claim it.
 */
public final class NodeDirectory extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:NodeDirectory";

    /** Kubernetes wants a size; nothing measures it. */
    private static final Map<String, String> SIZE = Map.of("storage", "1Gi");

    private static final String SHARED = "ReadWriteMany";

    private final PersistentVolumeClaim claim;

    /**
     * @param claimName the name of the claim in the queue's namespace
     * @param directory made on the node when it is not there, and then root's
     * @param border what jobs need, and what holds them, as long as they run: Kubernetes keeps a claim until no pod of
     *     it is left, not even one that has ended, and Pulumi deletes what the claim depends on after it
     */
    public NodeDirectory(
            String name,
            Queue queue,
            String claimName,
            String directory,
            Output<String> namespace,
            List<Resource> border,
            ComponentResourceOptions options) {
        super(TYPE, name, options);
        var volume = new PersistentVolume(
                name + "-volume",
                PersistentVolumeArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(queue.namespace() + "-" + claimName)
                                .build())
                        .spec(PersistentVolumeSpecArgs.builder()
                                .accessModes(SHARED)
                                .capacity(SIZE)
                                .claimRef(ObjectReferenceArgs.builder()
                                        .apiVersion("v1")
                                        .kind("PersistentVolumeClaim")
                                        .namespace(namespace)
                                        .name(claimName)
                                        .build())
                                .persistentVolumeReclaimPolicy("Retain")
                                .hostPath(HostPathVolumeSourceArgs.builder()
                                        .path(directory)
                                        .type("DirectoryOrCreate")
                                        .build())
                                .build())
                        .build(),
                child().build());
        claim = new PersistentVolumeClaim(
                name + "-claim",
                PersistentVolumeClaimArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(claimName)
                                .namespace(namespace)
                                .build())
                        .spec(PersistentVolumeClaimSpecArgs.builder()
                                .accessModes(SHARED)
                                // Without it the cluster's default class would make a disk.
                                .storageClassName("")
                                .volumeName(ObjectNames.of(volume.metadata()))
                                .resources(ResourceRequirementsArgs.builder()
                                        .requests(SIZE)
                                        .build())
                                .build())
                        .build(),
                child().dependsOn(border)
                        .customTimeouts(CustomTimeouts.builder()
                                .delete(queue.longestJob())
                                .build())
                        .build());
        registerOutputs(Map.of());
    }

    /** What jobs cannot start without. */
    public PersistentVolumeClaim claim() {
        return claim;
    }

    /** The volume of a pod that is made of a claim, and named after it. */
    public static Map<String, Object> volume(String claimName) {
        return Map.of("name", claimName, "persistentVolumeClaim", Map.of("claimName", claimName));
    }
}
