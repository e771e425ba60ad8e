package io.buildkitefleet.kubernetes.mirrors;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.batch.v1.CronJob;
import com.pulumi.kubernetes.batch.v1.CronJobArgs;
import com.pulumi.kubernetes.batch.v1.inputs.CronJobSpecArgs;
import com.pulumi.kubernetes.batch.v1.inputs.JobTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import com.pulumi.kubernetes.core.v1.inputs.PersistentVolumeClaimVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.KnownHosts;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.kubernetes.Labels;
import io.buildkitefleet.kubernetes.ObjectNames;
import io.buildkitefleet.kubernetes.agent.AgentStack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a queue's namespace has for its disk of git mirrors: the name of the disk in use, and the pattern of the Job
 * that fetches. That one has the checkout key and no right in the cluster; {@link MirrorRefresh}, which starts it and
 * may handle claims and snapshots here, has no key and talks to no repository.
 */
public final class QueueMirror extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:QueueMirror";

    /** The ConfigMap of the disk in use, and the suspended CronJob, as the script {@code refresh} knows them. */
    static final String NAME = "git-mirrors";

    /** The key of the ConfigMap under which the script writes the claim. */
    static final String CLAIM = "claim";

    /** The ConfigMap of a script. */
    static final String SCRIPTS = "git-mirrors-scripts";

    /** The claim that is filled, as the script names it. */
    private static final String SCRATCH = "git-mirrors-scratch";

    private static final String SCRIPT = "populate";
    private static final String MIRRORS = "/mirrors";
    private static final String KEYS = "/run/checkout";

    public QueueMirror(
            String name,
            Queue queue,
            MirrorDisks disks,
            boolean checkoutKey,
            KnownHosts knownHosts,
            Output<String> namespace,
            ComponentResourceOptions options) {
        super(TYPE, name, options);
        new ConfigMap(
                name + "-in-use",
                ConfigMapArgs.builder().metadata(metadata(namespace, NAME)).build(),
                // The script's to fill.
                child().ignoreChanges("data").build());
        var scripts = new ConfigMap(
                name + "-scripts",
                ConfigMapArgs.builder()
                        .metadata(metadata(namespace, SCRIPTS))
                        .data(files(knownHosts))
                        .build(),
                child().build());
        var account = new ServiceAccount(
                name + "-account",
                ServiceAccountArgs.builder()
                        .metadata(metadata(namespace, NAME))
                        .automountServiceAccountToken(false)
                        .build(),
                child().build());
        var pod = pod(queue, disks, checkoutKey, ObjectNames.of(account.metadata()));
        new CronJob(
                name + "-populate",
                pattern(namespace, pod),
                child().dependsOn(scripts).build());
        new MirrorAccess(name + "-access", namespace, component());
        registerOutputs(Map.of());
    }

    /** What the admission policy of the queue's namespace is told of it. */
    public static Map<String, String> parameters(Queue queue, MirrorDisks disks, boolean checkoutKey) {
        var parameters =
                new TreeMap<>(pod(queue, disks, checkoutKey, Output.of(NAME)).parameters());
        var mounts = new ArrayList<>(
                List.of("home:" + MirrorPod.HOME, "scripts:" + MirrorPod.SCRIPTS, "mirrors:" + MIRRORS));
        if (checkoutKey) {
            mounts.add("checkout:" + KEYS);
        }
        parameters.put("mirror.mounts", String.join("\n", mounts));
        parameters.put("mirror.account", "system:serviceaccount:" + MirrorDisks.NAMESPACE + ":" + MirrorRefresh.NAME);
        return Map.copyOf(parameters);
    }

    private static Map<String, String> files(KnownHosts knownHosts) {
        var files = new TreeMap<>(MirrorRefresh.script(SCRIPT));
        files.put(KnownHosts.FILE, knownHosts.text());
        return files;
    }

    private static MirrorPod pod(Queue queue, MirrorDisks disks, boolean checkoutKey, Output<String> account) {
        var environment =
                new TreeMap<>(Map.of("MIRRORS", MIRRORS, "KNOWN_HOSTS", MirrorPod.SCRIPTS + "/" + KnownHosts.FILE));
        if (checkoutKey) {
            environment.put("CHECKOUT_KEY", KEYS + "/" + AgentStack.CHECKOUT_KEY);
        }
        return new MirrorPod(
                SCRIPT,
                disks.config().repositories(),
                environment,
                disks.image(),
                account,
                false,
                MirrorDisks.POPULATE,
                MirrorRefresh.STEP_SECONDS,
                Labels.of(queue, Labels.MIRROR),
                volumes(checkoutKey));
    }

    private static Map<VolumeArgs, VolumeMountArgs> volumes(boolean checkoutKey) {
        var volumes = new LinkedHashMap<VolumeArgs, VolumeMountArgs>();
        volumes.put(
                VolumeArgs.builder()
                        .name("mirrors")
                        .persistentVolumeClaim(PersistentVolumeClaimVolumeSourceArgs.builder()
                                .claimName(SCRATCH)
                                .build())
                        .build(),
                VolumeMountArgs.builder().name("mirrors").mountPath(MIRRORS).build());
        if (checkoutKey) {
            volumes.put(
                    VolumeArgs.builder()
                            .name("checkout")
                            .secret(SecretVolumeSourceArgs.builder()
                                    .secretName(AgentStack.CHECKOUT_SECRET)
                                    .defaultMode(0440)
                                    .build())
                            .build(),
                    VolumeMountArgs.builder()
                            .name("checkout")
                            .mountPath(KEYS)
                            .readOnly(true)
                            .build());
        }
        return volumes;
    }

    /** Never due: it is there to be copied. Its Jobs are half made until the script has removed them. */
    private static CronJobArgs pattern(Output<String> namespace, MirrorPod pod) {
        return CronJobArgs.builder()
                .metadata(metadata(namespace, NAME))
                .spec(CronJobSpecArgs.builder()
                        .schedule("0 0 1 1 *")
                        .suspend(true)
                        .jobTemplate(JobTemplateSpecArgs.builder()
                                .metadata(ObjectMetaArgs.builder()
                                        .labels(Map.of(MirrorRefresh.STATE, "making"))
                                        .build())
                                .spec(pod.job())
                                .build())
                        .build())
                .build();
    }

    private static ObjectMetaArgs metadata(Output<String> namespace, String objectName) {
        return ObjectMetaArgs.builder().name(objectName).namespace(namespace).build();
    }
}
