package io.buildkitefleet.kubernetes.mirrors;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.batch.v1.CronJob;
import com.pulumi.kubernetes.batch.v1.CronJobArgs;
import com.pulumi.kubernetes.batch.v1.inputs.CronJobSpecArgs;
import com.pulumi.kubernetes.batch.v1.inputs.JobTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import com.pulumi.kubernetes.rbac.v1.ClusterRole;
import com.pulumi.kubernetes.rbac.v1.ClusterRoleArgs;
import com.pulumi.kubernetes.rbac.v1.ClusterRoleBinding;
import com.pulumi.kubernetes.rbac.v1.ClusterRoleBindingArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.PolicyRuleArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.RoleRefArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.kubernetes.AdmissionPolicy;
import io.buildkitefleet.kubernetes.Egress;
import io.buildkitefleet.kubernetes.NamespaceAdmission;
import io.buildkitefleet.kubernetes.ObjectNames;
import io.buildkitefleet.kubernetes.RoleGrant;
import io.buildkitefleet.text.BundledFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the disks of git mirrors anew every few hours, in a namespace that no job is in. A queue's jobs get a claim
 * that many pods read, and not a disk each: that one would have to be made while the job waits, and a job whose
 * snapshot is missing would wait for ever. Nor does a claim keep its name: it could not be replaced while a pod uses
 * it.
 */
public final class MirrorRefresh extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:MirrorRefresh";

    static final String NAME = "git-mirrors-refresh";

    /** The label of what the script makes: {@code making}, {@code ready} or {@code expired}. */
    static final String STATE = "buildkite-fleet/state";

    /** What one step may take: the longest is the first clone of everything. */
    static final int STEP_SECONDS = 3600;

    /** Filling, detaching, the snapshot and the disk; what is left over is for clearing up. */
    private static final int STEPS_A_QUEUE = 5;

    private static final String SCRIPT = "refresh";

    private final Output<String> namespace;

    /**
     * @param key the id of the key of disks
     * @param controlPlane the range of the control plane's addresses
     */
    public MirrorRefresh(
            String name,
            MirrorDisks disks,
            String region,
            Output<String> key,
            String controlPlane,
            ComponentResourceOptions options) {
        super(TYPE, name, options);
        var made = new Namespace(
                name + "-namespace",
                NamespaceArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(MirrorDisks.NAMESPACE)
                                .labels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                                .build())
                        .build(),
                child().build());
        namespace = ObjectNames.of(made.metadata());
        network(name, controlPlane);
        new MirrorStorage(name + "-storage", disks.zones(), region, key, component());
        new MirrorAdmission(name + "-admission", namespaces(disks), component());
        var account = new ServiceAccount(
                name + "-account",
                ServiceAccountArgs.builder()
                        .metadata(metadata())
                        .automountServiceAccountToken(false)
                        .build(),
                child().build());
        attachments(name);
        new ConfigMap(
                name + "-scripts",
                ConfigMapArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(QueueMirror.SCRIPTS)
                                .namespace(namespace)
                                .build())
                        .data(script(SCRIPT))
                        .build(),
                child().build());
        var pod = pod(disks, ObjectNames.of(account.metadata()));
        var admission = new NamespaceAdmission(name + "-pods", admission(pod), component());
        schedule(name, disks, pod, admission);
        registerOutputs(Map.of());
    }

    /** The policies of the namespace, and the one that gives pods their disk, as they are registered. */
    public static List<AdmissionPolicy> policies(MirrorDisks disks) {
        var policies = new ArrayList<>(admission(pod(disks, Output.of(NAME))).policies());
        policies.add(MirrorAdmission.of(namespaces(disks)));
        return policies;
    }

    private static NamespaceAdmission.Args admission(MirrorPod pod) {
        return new NamespaceAdmission.Args(List.of("refresh"), List.of(MirrorDisks.NAMESPACE), pod.constants(NAME));
    }

    private static List<String> namespaces(MirrorDisks disks) {
        return List.copyOf(disks.zonesByNamespace().keySet());
    }

    /** The file of a script, by its name. */
    static Map<String, String> script(String file) {
        return Map.of(file, BundledFile.text("/git-mirrors/" + file));
    }

    private void network(String name, String controlPlane) {
        new NetworkPolicy(
                name + "-network",
                NetworkPolicyArgs.builder()
                        .metadata(metadata())
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(LabelSelectorArgs.builder().build())
                                .policyTypes("Ingress", "Egress")
                                .egress(Egress.dns(), Egress.to(controlPlane, 443))
                                .build())
                        .build(),
                child().build());
    }

    /** Whether a disk is still in use by a node is said by no namespace. */
    private void attachments(String name) {
        var metadata =
                ObjectMetaArgs.builder().name("buildkite-git-mirrors-refresh").build();
        var role = new ClusterRole(
                name + "-attachments",
                ClusterRoleArgs.builder()
                        .metadata(metadata)
                        .rules(PolicyRuleArgs.builder()
                                .apiGroups("storage.k8s.io")
                                .resources("volumeattachments")
                                .verbs("list")
                                .build())
                        .build(),
                child().build());
        new ClusterRoleBinding(
                name + "-attachments-binding",
                ClusterRoleBindingArgs.builder()
                        .metadata(metadata)
                        .roleRef(RoleRefArgs.builder()
                                .apiGroup(RoleGrant.API_GROUP)
                                .kind("ClusterRole")
                                .name(ObjectNames.of(role.metadata()))
                                .build())
                        .subjects(MirrorAccess.account())
                        .build(),
                child().build());
    }

    private static MirrorPod pod(MirrorDisks disks, Output<String> account) {
        var queues = disks.zonesByNamespace().entrySet().stream()
                .map(queue -> queue.getKey() + "=" + MirrorStorage.storageClass(queue.getValue()))
                .toList();
        var environment = Map.of("SIZE", disks.config().sizeGb() + "Gi", "STEP_SECONDS", String.valueOf(STEP_SECONDS));
        return new MirrorPod(
                SCRIPT,
                queues,
                environment,
                disks.image(),
                account,
                true,
                MirrorDisks.REFRESH,
                STEPS_A_QUEUE * STEP_SECONDS * queues.size(),
                Map.of(),
                Map.of());
    }

    private void schedule(String name, MirrorDisks disks, MirrorPod pod, NamespaceAdmission admission) {
        new CronJob(
                name + "-schedule",
                CronJobArgs.builder()
                        .metadata(metadata())
                        .spec(CronJobSpecArgs.builder()
                                .schedule("17 */" + disks.config().refreshHours() + " * * *")
                                .timeZone("Etc/UTC")
                                .concurrencyPolicy("Forbid")
                                .startingDeadlineSeconds(STEP_SECONDS)
                                .jobTemplate(JobTemplateSpecArgs.builder()
                                        .spec(pod.job())
                                        .build())
                                .build())
                        .build(),
                child().dependsOn(admission.bindings()).build());
    }

    private ObjectMetaArgs metadata() {
        return ObjectMetaArgs.builder().name(NAME).namespace(namespace).build();
    }
}
