package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.set;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes in pods of each kind that a plan leads to, for which their namespace would refuse them. */
final class PodMutations {
    private static final String RULE = "pod-admitted";
    private static final String DEPLOYMENT = "cache-servers-bazel-deployment";
    private static final String REFRESH = "mirrors-schedule";
    private static final String RELEASE = "queue-small-release";
    private static final String DOCKER = "queue-big-release";

    private PodMutations() {}

    static List<Mutation> all() {
        return Stream.of(serving(), jobs(), controllers(), beside())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutation> serving() {
        return List.of(
                set(RULE, DEPLOYMENT, "true", of("spec.template.spec.containers", 0, "securityContext.privileged")),
                set(RULE, DEPLOYMENT, "\"true\"", of("spec.template.spec.hostPID")),
                set(RULE, DEPLOYMENT, "\"none\"", of("spec.template.spec.securityContext")),
                set(RULE, DEPLOYMENT, "{}", of("spec.template.spec.initContainers")),
                set(RULE, REFRESH, "true", of("spec.jobTemplate.spec.template.spec.hostNetwork")),
                set(
                        RULE,
                        REFRESH,
                        "{\"container.apparmor.security.beta.kubernetes.io/refresh\":\"unconfined\"}",
                        of("spec.jobTemplate.spec.template.metadata.annotations")));
    }

    private static List<Mutation> jobs() {
        return List.of(
                set(RULE, RELEASE, "true", of("values.config.pod-spec-patch.hostNetwork")),
                set(
                        RULE,
                        RELEASE,
                        "\"Unconfined\"",
                        of("values.config.pod-spec-patch.securityContext.seccompProfile.type")),
                set(
                        RULE,
                        RELEASE,
                        "{\"name\":\"workspace\",\"hostPath\":{\"path\":\"/\"}}",
                        of("values.config.workspace-volume")),
                set(RULE, RELEASE, "[{\"emptyDir\":{}}]", of("values.config.pod-spec-patch.volumes")),
                new Mutation(
                        RULE,
                        "a docker that the namespace does not admit",
                        plan -> plan.with(
                                DOCKER,
                                "true",
                                of("values.config.pod-spec-patch.initContainers", 0, "securityContext.privileged"))),
                set(RULE, DOCKER, "\"other\"", of("values.config.pod-spec-patch.initContainers", 0, "name"))
                        .where(PodMutations::withDocker),
                set(RULE, DOCKER, "true", of("values.config.pod-spec-patch.hostPID"))
                        .where(PodMutations::withDocker));
    }

    private static EditedPlan withDocker(EditedPlan plan) {
        return plan.with("queue-big-namespace-border", "\"privileged\"", SoundPlan.LEVEL)
                .with(
                        DOCKER,
                        "true",
                        of("values.config.pod-spec-patch.initContainers", 0, "securityContext.privileged"));
    }

    private static List<Mutation> controllers() {
        return List.of(
                set(
                        RULE,
                        RELEASE,
                        "\"unconfined\"",
                        "values",
                        "annotations",
                        "container.apparmor.security.beta.kubernetes.io/controller"),
                set(RULE, "queue-small-namespace-border", "\"restricted\"", SoundPlan.LEVEL));
    }

    /** Pods of which the plan does not say what their namespace enforces. */
    private static List<Mutation> beside() {
        return List.of(set(
                RULE,
                "auditd",
                "[{\"name\":\"auditd\",\"image\":\"us-docker.pkg.dev/acme-supplies/mirror/ci/docker.io/library/a:1\","
                        + "\"resources\":{\"requests\":{\"cpu\":\"1m\",\"memory\":\"1Mi\"},\"limits\":{\"memory\":\"1Mi\"}},"
                        + "\"securityContext\":{\"readOnlyRootFilesystem\":true,\"privileged\":true}}]",
                of("spec.template.spec.containers")));
    }

    /** Steps of which a text may have several, with dots between them. */
    private static Object[] of(Object... steps) {
        return Stream.of(steps)
                .flatMap(step -> step instanceof String text ? Stream.of(text.split("\\.")) : Stream.of(step))
                .toArray();
    }
}
