package io.buildkitefleet.kubernetes.caches;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.EphemeralVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimTemplateArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.SystemPool;
import java.util.Map;

/** The pod of a cache server: no right that it does not need, and a disk of its own that goes with it. */
final class CachePod {
    private static final String VOLUME = "data";

    private CachePod() {}

    /** @param storageClass of its disk */
    static PodSpecArgs spec(
            CacheServer server, Output<String> account, Output<String> bucket, Output<String> storageClass) {
        var program = CacheProgram.of(server, bucket);
        return PodSpecArgs.builder()
                .serviceAccountName(account)
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .nodeSelector(Map.of(Pool.LABEL, SystemPool.NAME))
                .securityContext(PodSecurityContextArgs.builder()
                        .runAsNonRoot(true)
                        .runAsUser(program.user())
                        .runAsGroup(program.user())
                        // A new disk belongs to root; this lets the group write it.
                        .fsGroup(program.user())
                        .seccompProfile(SeccompProfileArgs.builder()
                                .type("RuntimeDefault")
                                .build())
                        .build())
                .containers(container(server, program))
                .volumes(volume(server, storageClass))
                .build();
    }

    private static ContainerArgs container(CacheServer server, CacheProgram program) {
        var resources = CacheServer.RESOURCES;
        var memory = resources.memory().toString();
        return ContainerArgs.builder()
                .name(server.kind().id())
                .image(server.image())
                .args(program.args())
                .env(program.environment())
                .ports(ContainerPortArgs.builder()
                        .name(server.kind().id())
                        .containerPort(server.kind().port())
                        .build())
                .startupProbe(program.alive(60))
                .livenessProbe(program.alive(6))
                .readinessProbe(program.ready())
                .resources(ResourceRequirementsArgs.builder()
                        .requests(Map.of("cpu", resources.cpu().toString(), "memory", memory))
                        .limits(Map.of("memory", memory))
                        .build())
                .securityContext(SecurityContextArgs.builder()
                        .allowPrivilegeEscalation(false)
                        .readOnlyRootFilesystem(true)
                        .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                        .build())
                .volumeMounts(VolumeMountArgs.builder()
                        .name(VOLUME)
                        .mountPath(CacheProgram.DATA)
                        .build())
                .build();
    }

    private static VolumeArgs volume(CacheServer server, Output<String> storageClass) {
        return VolumeArgs.builder()
                .name(VOLUME)
                .ephemeral(EphemeralVolumeSourceArgs.builder()
                        .volumeClaimTemplate(PersistentVolumeClaimTemplateArgs.builder()
                                .spec(PersistentVolumeClaimSpecArgs.builder()
                                        .accessModes("ReadWriteOnce")
                                        .storageClassName(storageClass)
                                        .resources(ResourceRequirementsArgs.builder()
                                                .requests(Map.of("storage", server.sizeGb() + "Gi"))
                                                .build())
                                        .build())
                                .build())
                        .build())
                .build();
    }
}
