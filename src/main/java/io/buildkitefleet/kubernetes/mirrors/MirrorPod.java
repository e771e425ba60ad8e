package io.buildkitefleet.kubernetes.mirrors;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.batch.v1.inputs.JobSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.CapabilitiesArgs;
import com.pulumi.kubernetes.core.v1.inputs.ConfigMapVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.EmptyDirVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import com.pulumi.kubernetes.core.v1.inputs.SeccompProfileArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecurityContextArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.fleet.SystemPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A pod of one script on the system nodes, with no right that it does not need.
 *
 * @param script its name among the files of {@code git-mirrors}
 * @param account its service account
 * @param token whether it talks to the cluster's API
 * @param deadlineSeconds what it may take
 * @param volumes beside its script and its home, each with its mount
 */
record MirrorPod(
        String script,
        List<String> arguments,
        Map<String, String> environment,
        String image,
        Output<String> account,
        boolean token,
        Resources resources,
        int deadlineSeconds,
        Map<String, String> labels,
        Map<VolumeArgs, VolumeMountArgs> volumes) {
    /** Not root; Ubuntu's images, and with them the agent's, know it, as ssh wants of its user. */
    private static final int USER = 1000;

    private static final int MODE = 0555;
    static final String HOME = "/home/fleet";

    /** Where its script is, and what stands beside it. */
    static final String SCRIPTS = "/opt/fleet";

    /** What the admission policy is told of it, by the keys of its parameters. */
    Map<String, String> parameters() {
        return Map.of(
                "mirror.image", image,
                "mirror.command", String.join("\n", command()),
                "mirror.env",
                        allVariables().entrySet().stream()
                                .map(variable -> variable.getKey() + "=" + variable.getValue())
                                .collect(Collectors.joining("\n")));
    }

    /** A second try would find what the first has left; the next run of the CronJob is the second try. */
    JobSpecArgs job() {
        return JobSpecArgs.builder()
                .backoffLimit(0)
                .activeDeadlineSeconds(deadlineSeconds)
                .template(PodTemplateSpecArgs.builder()
                        .metadata(ObjectMetaArgs.builder().labels(labels).build())
                        .spec(spec())
                        .build())
                .build();
    }

    private PodSpecArgs spec() {
        return PodSpecArgs.builder()
                .restartPolicy("Never")
                .serviceAccountName(account)
                .automountServiceAccountToken(token)
                .enableServiceLinks(false)
                .nodeSelector(Map.of(Pool.LABEL, SystemPool.NAME))
                .securityContext(PodSecurityContextArgs.builder()
                        .runAsNonRoot(true)
                        .runAsUser(USER)
                        .runAsGroup(USER)
                        // A new disk belongs to root; this lets the group write it.
                        .fsGroup(USER)
                        .seccompProfile(SeccompProfileArgs.builder()
                                .type("RuntimeDefault")
                                .build())
                        .build())
                .containers(container())
                .volumes(podVolumes())
                .build();
    }

    /** What the policy of its namespace holds it to. */
    Map<String, Object> constants(String accountName) {
        return Map.of(
                "account",
                accountName,
                "image",
                image,
                "command",
                command(),
                "environment",
                allVariables().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList(),
                "scripts",
                QueueMirror.SCRIPTS);
    }

    private List<String> command() {
        var command = new ArrayList<>(List.of("bash", SCRIPTS + "/" + script));
        command.addAll(arguments);
        return command;
    }

    private Map<String, String> allVariables() {
        var all = new TreeMap<>(environment);
        all.put("HOME", HOME);
        all.put("TMPDIR", HOME);
        return all;
    }

    private ContainerArgs container() {
        var mounts = new ArrayList<VolumeMountArgs>();
        mounts.add(mount("home", HOME).build());
        mounts.add(mount("scripts", SCRIPTS).readOnly(true).build());
        mounts.addAll(volumes.values());
        var memory = resources.memory().toString();
        return ContainerArgs.builder()
                .name(script)
                .image(image)
                .command(command())
                .env(variables())
                .resources(ResourceRequirementsArgs.builder()
                        .requests(Map.of("cpu", resources.cpu().toString(), "memory", memory))
                        .limits(Map.of("memory", memory))
                        .build())
                .securityContext(SecurityContextArgs.builder()
                        .allowPrivilegeEscalation(false)
                        .readOnlyRootFilesystem(true)
                        .capabilities(CapabilitiesArgs.builder().drop("ALL").build())
                        .build())
                .volumeMounts(mounts)
                .build();
    }

    private List<EnvVarArgs> variables() {
        return allVariables().entrySet().stream()
                .map(variable -> EnvVarArgs.builder()
                        .name(variable.getKey())
                        .value(variable.getValue())
                        .build())
                .toList();
    }

    private List<VolumeArgs> podVolumes() {
        var all = new ArrayList<VolumeArgs>();
        all.add(VolumeArgs.builder()
                .name("home")
                .emptyDir(EmptyDirVolumeSourceArgs.builder()
                        .medium("Memory")
                        .sizeLimit("64Mi")
                        .build())
                .build());
        all.add(VolumeArgs.builder()
                .name("scripts")
                .configMap(ConfigMapVolumeSourceArgs.builder()
                        .name(QueueMirror.SCRIPTS)
                        .defaultMode(MODE)
                        .build())
                .build());
        all.addAll(volumes.keySet());
        return all;
    }

    private static VolumeMountArgs.Builder mount(String volume, String path) {
        return VolumeMountArgs.builder().name(volume).mountPath(path);
    }
}
