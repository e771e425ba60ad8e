package io.buildkitefleet.fleet;

import io.buildkitefleet.config.DockerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.OnlyConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.config.value.PodSpecs;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.images.Images;
import io.buildkitefleet.fleet.images.PinnedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Buildkite queue: the one name from which its release, tag, namespace and identity follow.
 *
 * @param name the value of the tag {@code queue}, and what the release watches
 * @param config what a person wrote of it
 * @param pool whose nodes run its jobs; none in a local fleet, whose jobs run wherever the cluster puts them
 * @param jobsPerNode how many jobs a node of its pool holds; 1 without a pool
 * @param maxInFlight most jobs at a time: never more than its share of the pool's nodes holds
 * @param account the id of its Google service account; none for an untrusted queue, or in a local fleet
 * @param gitMirror where its git mirrors are, if it has some
 * @param images where the images come from that the fleet runs for it
 * @param signatures what it has to do with signatures of steps, where steps are signed
 * @param only whose builds it is for, if not for all that may run on trusted queues
 */
public record Queue(
        String name,
        QueueConfig config,
        Optional<Pool> pool,
        JobPod job,
        int jobsPerNode,
        int maxInFlight,
        Optional<String> account,
        Optional<Mirror> gitMirror,
        Images images,
        Optional<StepSignatures> signatures,
        Optional<OnlyConfig> only) {
    /** The Kubernetes service account of a queue's jobs. */
    public static final String SERVICE_ACCOUNT = "job";

    /** What the names of layer caches in the image registry begin with. */
    public static final String BUILD_CACHE = "build-cache";

    private static final int GRACE_SECONDS = 60;

    /** What a node that is taken back gives its pods; more is not granted. */
    private static final int RECLAIM_GRACE_SECONDS = 15;

    private static final int CLEANUP_SECONDS = 60;

    /** Minutes for which a job that has ended can be looked at. */
    public static final int KEPT_MINUTES = 10;

    /** Minutes within which a pod that is told to end is gone, its node's being slow included. */
    private static final int END_MINUTES = 10;

    /** Leaves the agent a third of the time to report. */
    private static final int RECLAIM_CLEANUP_SECONDS = 10;

    /** The label of a pod that says what it is. */
    public static final String ROLE_LABEL = "buildkite-fleet/role";

    /** The label of a pod, and of a namespace, that says which queue it is of. */
    public static final String LABEL = "buildkite-fleet/queue";

    /** The role of the pod of a job. */
    public static final String JOB_ROLE = "job";

    /** The role of the pod of its controller. */
    public static final String CONTROLLER_ROLE = "controller";

    public boolean can(Capability capability) {
        return config.can(capability);
    }

    public boolean isTrusted() {
        return config.trust() == Trust.TRUSTED;
    }

    /** Whether its jobs upload pipelines and sign them, and do nothing else. */
    public boolean signs() {
        return signatures.map(StepSignatures::signs).orElse(false);
    }

    public boolean isDebuggable() {
        return !config.debuggers().isEmpty();
    }

    /** Whether a step may bring a pod spec of its own, within what the queue admits. */
    public boolean takesPodSpecs() {
        return config.podSpecs() == PodSpecs.ALLOWED;
    }

    /** How it builds images, if it can. */
    public Optional<DockerConfig> docker() {
        return can(Capability.DOCKER) ? Optional.of(config.docker().orElse(DockerConfig.DEFAULT)) : Optional.empty();
    }

    /** What builds images beside its jobs, if something does. */
    public Optional<PinnedImage> imageBuilder() {
        return docker().map(docker -> switch (docker.mode()) {
            case DAEMON -> PinnedImage.DOCKER;
            case ROOTLESS -> PinnedImage.BUILDKIT;
        });
    }

    /**
     * Whether its jobs own the nodes that they run on: whoever talks to a Docker daemon does. BuildKit without root
     * does not: it takes a hole in the kernel to get out of it, as out of any container, though it may try more calls.
     */
    public boolean ownsItsNodes() {
        return docker().filter(docker -> docker.mode() == DockerMode.DAEMON).isPresent();
    }

    /**
     * Whether its namespace must admit more than ordinary containers: a Docker daemon is privileged, and a container
     * that traces another has SYS_PTRACE.
     */
    public boolean needsPrivilegedNamespace() {
        return can(Capability.DOCKER) || isDebuggable();
    }

    /** Whether its jobs may read and write caches: what signs steps takes nothing that others wrote, nor leaves any. */
    public boolean usesCaches() {
        return isTrusted() && !signs();
    }

    /** Selects the pods of its jobs, as kubectl takes it. */
    public String jobSelector() {
        return ROLE_LABEL + "=" + JOB_ROLE + "," + LABEL + "=" + name;
    }

    /**
     * Seconds between a pod's being told to end and its end. Longer than a reclaimed node lives is as bad as too short:
     * the agent would be killed before it reports.
     */
    public int graceSeconds() {
        return isReclaimable() ? RECLAIM_GRACE_SECONDS : GRACE_SECONDS;
    }

    /** Seconds that cleaning up after a phase of a job may take. */
    public int cleanupSeconds() {
        return isReclaimable() ? RECLAIM_CLEANUP_SECONDS : CLEANUP_SECONDS;
    }

    /** Whether its jobs run on the nodes of a pool. */
    public boolean isOn(Pool nodes) {
        return pool.filter(own -> own.name().equals(nodes.name())).isPresent();
    }

    /** Whether its nodes may be taken back at any time. */
    public boolean isReclaimable() {
        return pool.filter(nodes -> nodes.primary().capacity().isReclaimable()).isPresent();
    }

    /** After this long nothing is left of a job that runs now. */
    public Duration longestJob() {
        return Duration.ofMinutes(config.timeoutMinutes() + END_MINUTES + KEPT_MINUTES);
    }

    /** Whether its jobs push images to the fleet's own registry: as nobody, they could not. */
    public boolean pushesImages() {
        return docker().isPresent() && account.isPresent();
    }

    /**
     * The most that the pods of its jobs ask for together: all that its pool has, or what as many ask for as may run.
     */
    public Resources jobRequests() {
        return pool.map(nodes -> nodes.forJobs().times(nodes.primary().max()))
                .orElseGet(() -> job.requests().times(maxInFlight));
    }

    /** How many of its pool's nodes its jobs fill when as many run as may. */
    public int nodes() {
        return (maxInFlight + jobsPerNode - 1) / jobsPerNode;
    }

    /** The image of its agents, and of jobs that name none; without one here it is the chart's. */
    public Optional<String> agentImage() {
        return config.image().map(images::named).or(() -> images.besideChart(PinnedImage.AGENT));
    }

    /** Its own Kubernetes namespace. */
    public String namespace() {
        return ResourceNames.namespace(name);
    }

    /** The Helm release; the chart names its objects and the stack after it. */
    public String release() {
        return ResourceNames.release(name);
    }

    /**
     * The name under which Kubernetes knows its controller; the chart names the account.
     *
     * @see <a
     *     href="https://github.com/buildkite/agent-stack-k8s/blob/v0.47.0/charts/agent-stack-k8s/templates/_helper.tpl">
     *     the chart</a>
     */
    public String controllerUser() {
        return "system:serviceaccount:" + namespace() + ":" + release() + "-controller";
    }

    /** Agent tags, {@code queue} first. */
    public List<String> tags() {
        var tags = new ArrayList<String>();
        tags.add("queue=" + name);
        config.tags().forEach((key, value) -> tags.add(key + "=" + value));
        return List.copyOf(tags);
    }

    /** The secret key of the agent token of the Buildkite cluster that the queue belongs to. */
    public String agentToken() {
        return isTrusted() ? FleetConfig.AGENT_TOKEN : FleetConfig.UNTRUSTED_AGENT_TOKEN;
    }

    /**
     * The directory of a node that keeps its warm caches. Unlike most of {@code /var}, programs can be run there, as a
     * build wants: https://cloud.google.com/container-optimized-os/docs/concepts/disks-and-filesystem
     */
    public String warmDirectory() {
        return ResourceNames.NODE_PROGRAM_DIRECTORIES + name;
    }

    /** Where its artifacts go in the bucket, with the slash at the end. */
    public String artifactPrefix() {
        return name + "/";
    }
}
