package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.Member;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.config.value.PodSpecs;
import io.buildkitefleet.config.value.Trust;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Buildkite queue and what its jobs get.
 *
 * @param pool the pool whose nodes run the jobs; empty in a local fleet
 * @param can what the jobs may do beyond running commands
 * @param docker how images are built, if not in the usual way
 * @param namespaces the namespaces that kubectl and helm may manage
 * @param clusters clusters elsewhere that the jobs deploy to
 * @param jobsPerNode how many jobs share a node
 * @param cpu CPU of a job, if less than its share of the node
 * @param memory memory of a job, if less than its share of the node
 * @param maxInFlight jobs at a time, if less than the pool holds
 * @param timeoutMinutes how long a job may take
 * @param image the image of jobs that name none
 * @param tags further agent tags
 * @param secrets environment variable to the secret key that holds its value
 * @param warm what jobs leave on a node for the next ones: a name of each, to where jobs see it
 * @param gitCleanFlags what git clean is told before a job
 * @param variablesKey the version of its key for encrypted variables; none without such a key
 * @param debuggers people and groups, as IAM members, who may open a shell in its jobs
 * @param only whose builds it is for
 */
public record QueueConfig(
        String pool,
        Trust trust,
        List<Capability> can,
        Optional<DockerConfig> docker,
        List<String> namespaces,
        List<TargetCluster> clusters,
        int jobsPerNode,
        Optional<Cpu> cpu,
        Optional<Memory> memory,
        Optional<Integer> maxInFlight,
        int timeoutMinutes,
        Optional<String> image,
        Map<String, String> tags,
        Map<String, String> secrets,
        Optional<Integer> variablesKey,
        List<String> debuggers,
        Map<String, String> warm,
        Optional<String> gitCleanFlags,
        PodSpecs podSpecs,
        List<String> imageRegistries,
        Optional<OnlyConfig> only) {
    /** Buildkite's own limit of a job: https://buildkite.com/docs/pipelines/configure/build-timeouts */
    private static final int LONGEST_MINUTES = 7 * 24 * 60;

    private static final int MINUTES = 6 * 60;

    /** Anybody may have jobs of it, and each of them a node for as long. */
    private static final int UNTRUSTED_MINUTES = 60;

    /** @param isLocal whether the fleet has no pools */
    static QueueConfig read(Section in, boolean isLocal) {
        if (isLocal) {
            LocalConfig.refuseInQueue(in);
        }
        var pool = in.field("pool", "Pool whose nodes run the jobs")
                .text(Forms.LABEL, "the name of a pool")
                .requiredWithout(LocalConfig.KEY, isLocal);
        var trust = in.field("trust", "Whose code runs: untrusted queues get no secret, no identity and no capability")
                .choice(Trust.class)
                .orElse(Trust.TRUSTED);
        return new QueueConfig(
                pool,
                trust,
                in.field("can", "What jobs may do beyond running commands")
                        .choices(Capability.class)
                        .orElse(List.of()),
                in.optionalSection("docker", DockerConfig::read),
                in.field("namespaces", "Namespaces that kubectl and helm may manage; the fleet makes them")
                        .texts(Forms.LABEL, "the name of a namespace")
                        .orElse(List.of()),
                in.list("clusters", TargetCluster::read),
                in.field("jobsPerNode", "Jobs that share a node; more do when their cpu and memory are lowered")
                        .integer(1, 100)
                        .orElse(1),
                in.field("cpu", "CPU of a job, when it needs less than its share of the node")
                        .parsed("CPU such as 500m or 2", new Cpu(1), Cpu.NOTATION)
                        .optional("the share; `" + LocalConfig.CPU + "` in a local fleet"),
                in.field("memory", "Memory of a job, when it needs less than its share of the node")
                        .parsed("memory such as 512Mi or 4Gi", new Memory(1), Memory.NOTATION)
                        .optional("the share; `" + LocalConfig.MEMORY + "` in a local fleet"),
                in.field("maxInFlight", "Jobs at a time, when fewer than the pool can hold")
                        .integer(1, 100_000)
                        .optional("the pool's nodes, shared evenly by its queues, times jobsPerNode; `"
                                + LocalConfig.MAX_IN_FLIGHT + "` in a local fleet"),
                in.field("timeoutMinutes", "Minutes after which a job is stopped")
                        .integer(1, LONGEST_MINUTES)
                        .optional("`360`, and `60` on an untrusted queue")
                        .orElse(trust == Trust.UNTRUSTED ? UNTRUSTED_MINUTES : MINUTES),
                in.field("image", "Image of jobs that name none, pinned by a digest or a version")
                        .text(Notations.PINNED_IMAGE, "an image with a digest or with a tag other than latest")
                        .optional("Buildkite's agent image"),
                in.field("tags", "Further agent tags that steps may ask for")
                        .map(
                                "an object of tags, such as {cuda: \"12\"}",
                                Forms.TAG,
                                Forms.TAG_WORDS,
                                Forms.TAG_VALUE,
                                Forms.TAG_WORDS + ", and * / :")
                        .orElse(Map.of()),
                in.field("secrets", "Environment variables of jobs: each names the secret key of its value")
                        .secretKeys(
                                "an object of variables, such as {NPM_TOKEN: npmToken}",
                                Forms.VARIABLE,
                                Forms.VARIABLE_WORDS)
                        .orElse(Map.of()),
                in.field(
                                "variablesKey",
                                "Version of the queue's key for encrypted variables; one more than before makes a new version")
                        .integer(1, 1000)
                        .optional("none: the queue has no such key"),
                in.field("debuggers", "Who may open a shell in its jobs and trace them")
                        .texts(Member.PERSON, "a member such as user:jane@example.com or group:ci@example.com")
                        .orElse(List.of()),
                in.field("warm", "Directories that jobs leave on their node for the next ones, and where they see them")
                        .map(
                                "an object of paths, such as {cargo: /root/.cargo}",
                                Forms.LABEL,
                                Forms.LABEL_WORDS,
                                Forms.ABSOLUTE_PATH,
                                "an absolute path without . or .. in it")
                        .orElse(Map.of()),
                in.field("gitCleanFlags", "What git clean is told before a job, where a checkout is kept")
                        .text(Forms.GIT_FLAGS, "flags of git clean, such as -ffdq")
                        .optional("`-ffxdq`, the agent's own"),
                in.field("podSpecs", "Whether a step may bring a pod spec, by the kubernetes plugin, within bounds")
                        .choice(PodSpecs.class)
                        .orElse(PodSpecs.PROHIBITED),
                in.field("imageRegistries", "Registries, or parts of them, that images of steps may come from")
                        .someTexts(
                                Notations.IMAGE_REGISTRY,
                                "a registry such as docker.io or ghcr.io/acme, without a slash at the end",
                                "leave it out for any")
                        .orElse(List.of(), "any"),
                in.optionalSection("only", OnlyConfig::read));
    }

    public boolean can(Capability capability) {
        return can.contains(capability);
    }
}
