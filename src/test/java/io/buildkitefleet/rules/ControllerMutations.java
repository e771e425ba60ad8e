package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.drop;
import static io.buildkitefleet.rules.Mutation.set;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes in what a queue's controller is told, in what its pods are held to, and in what its jobs find. */
final class ControllerMutations {
    private static final String RELEASE = "queue-small-release";

    private static final String UPLOAD = "queue-upload-admission";

    private static final String BIG = "queue-big-environment";

    private ControllerMutations() {}

    static List<Mutation> all() {
        return Stream.of(releases(), options(), checkouts(), parameters(), variables())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutation> releases() {
        var rule = "controller-release";
        return List.of(
                set(rule, RELEASE, "\"0.1.0\"", "version"),
                set(rule, RELEASE, "false", "atomic"),
                set(rule, RELEASE, "1", "timeout"),
                set(rule, RELEASE, "true", "disableWebhooks"),
                set(rule, RELEASE, "true", "forceUpdate"),
                set(rule, RELEASE, "\"/tmp/evil\"", "postrender").seenBy("chart-alone"));
    }

    private static List<Mutation> options() {
        return List.of(
                option("true", "log-http-payloads"),
                option("true", "allow-pod-spec-patch-unsafe-command-modification"),
                option("\"Never\"", "default-image-pull-policy"),
                option("\"0.0.0.0:6060\"", "profiler-address"),
                option("\"24h\"", "poll-interval"),
                option("\"8760h\"", "job-ttl"),
                option("\"1s\"", "pod-pending-timeout"),
                option("\"/workspace/sh\"", "agent-config", "shell"),
                option("true", "agent-config", "debug-signing"),
                option("[\"polyglot-hooks\"]", "agent-config", "experiment"));
    }

    private static Mutation option(String json, Object... below) {
        return set("controller-options", RELEASE, json, config(below));
    }

    private static List<Mutation> checkouts() {
        return List.of(
                checkout("{\"cloneFlags\":\"-v -c http.sslVerify=false\"}"),
                checkout("{\"cloneFlags\":\"-vc http.sslVerify=false\"}"),
                checkout("{\"cloneFlags\":\"--config=http.sslVerify=false\"}"),
                checkout("{\"fetchFlags\":\"-c core.sshCommand=/workspace/x\"}"),
                checkout("{\"fetchFlags\":\"--upload-pack /workspace/x\"}"),
                checkout("{\"gitMirrors\":{\"cloneFlags\":\"-c http.sslVerify=false\"}}"),
                checkout("{\"submoduleCloneConfig\":[\"http.sslVerify=false\"]}"),
                checkout("{\"skip\":true}"));
    }

    private static Mutation checkout(String json) {
        return set("checkout-verified", RELEASE, json, config("default-checkout-params"));
    }

    private static List<Mutation> parameters() {
        var rule = "queue-parameters";
        return List.of(
                drop(rule, UPLOAD, "data", "step.agentImageOnly"),
                set(rule, UPLOAD, "\"\"", "data", "volumes.private"),
                set(rule, UPLOAD, "\"privileged\"", "data", "builder.rights"),
                set(rule, UPLOAD, "\"system:serviceaccount:default:default\"", "data", "controller"),
                set(rule, UPLOAD, "\"another\"", "data", "controller.deployment"),
                set(rule, "queue-small-admission", "\"CriticalAddonsOnly=\"", "data", "tolerations"),
                drop(rule, "queue-untrusted-admission", "data", "runtimeClass"),
                drop(rule, "queue-untrusted-admission", "data", "imageRegistries"),
                set(rule, "queue-untrusted-admission", "\"docker.io\"", "data", "imageRegistries"));
    }

    private static List<Mutation> variables() {
        return List.of(
                variable("PIP_INDEX_URL", "https://pypi.evil.example/simple"),
                variable("npm_config_registry", "https://npm.evil.example"),
                variable("NODE_TLS_REJECT_UNAUTHORIZED", "0"),
                variable("FLEET_ANYTHING", "a"),
                variable("FLEET_BAZEL_CACHE", "grpc://bazel.evil.example:9092"),
                variable("FLEET_ARTIFACTS", "gs://evil-artifacts/big/"),
                variable("FLEET_CACHE", "gs://evil-cache/big/"),
                variable("FLEET_IMAGES", "docker.io/evil"),
                variable("FLEET_DOCKER_CACHE", "docker.io/evil/build-cache"),
                variable("FLEET_QUEUE", "deploy"),
                variable("DOCKER_HOST", "tcp://docker.evil.example:2375"),
                set(
                        "queue-variables",
                        "queue-deploy-environment",
                        "\"kube-system\"",
                        "data",
                        "FLEET_DEPLOY_NAMESPACES"));
    }

    private static Mutation variable(String name, String value) {
        return set("queue-variables", BIG, "\"" + value + "\"", "data", name);
    }

    private static Object[] config(Object... below) {
        return Stream.concat(Stream.of("values", "config"), Stream.of(below)).toArray();
    }
}
