package io.buildkitefleet.kubernetes.admission;

import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.Pool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the policy {@code jobs} knows of a queue, read off the configuration of the queue's own release: from the same
 * configuration the controller makes the pods. Lists are lines of text, since policies read ConfigMaps. The variables,
 * mounts and defaults that the controller adds by itself are those of agent-stack-k8s 0.47.0.
 *
 * @see <a href="https://github.com/buildkite/agent-stack-k8s/blob/v0.47.0/internal/controller/scheduler/scheduler.go">
 *     scheduler.go</a>
 */
public final class JobParameters {
    private static final String WORKSPACE_PATH = "/workspace";

    /** What the controller sets for every agent. */
    private static final List<String> AGENT_VARIABLES = List.of(
            "BUILDKITE_KUBERNETES_EXEC=true",
            "BUILDKITE_K8S_NODE from field spec.nodeName",
            "BUILDKITE_K8S_NAMESPACE from field metadata.namespace",
            "BUILDKITE_K8S_SERVICE_ACCOUNT from field spec.serviceAccountName",
            "BUILDKITE_BUILD_PATH=/workspace/build",
            "BUILDKITE_PLUGINS_PATH=/workspace/plugins",
            "BUILDKITE_SOCKETS_PATH=/workspace/sockets/agent",
            "BUILDKITE_SHELL=/bin/sh -ec");

    /** What it sets for every agent and differs from job to job. */
    private static final List<String> JOB_VARIABLES = List.of(
            "BUILDKITE_CONTAINER_COUNT",
            "BUILDKITE_AGENT_TAGS",
            "BUILDKITE_AGENT_ACQUIRE_JOB",
            "BUILDKITE_REDACTED_VARS");

    /** What a step's own pod spec changes of it. Git's flags are not among them: some name a program. */
    private static final List<String> STEP_VARIABLES = List.of(
            "BUILDKITE_CANCEL_GRACE_PERIOD", "BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS", "BUILDKITE_NO_GIT_SUBMODULES");

    private static final Map<String, String> CHECKOUT_FLAGS = Map.of(
            "checkoutFlags", "BUILDKITE_GIT_CHECKOUT_FLAGS",
            "cleanFlags", "BUILDKITE_GIT_CLEAN_FLAGS",
            "cloneFlags", "BUILDKITE_GIT_CLONE_FLAGS",
            "fetchFlags", "BUILDKITE_GIT_FETCH_FLAGS");

    private static final Map<String, String> AGENT_OPTIONS = Map.of(
            "no-pty", "BUILDKITE_NO_PTY",
            "no-command-eval", "BUILDKITE_NO_COMMAND_EVAL",
            "no-local-hooks", "BUILDKITE_NO_LOCAL_HOOKS",
            "no-plugins", "BUILDKITE_NO_PLUGINS",
            "endpoint", "BUILDKITE_AGENT_ENDPOINT");

    private static final List<String> CHECKOUT_VARIABLES = List.of(
            "BUILDKITE_BOOTSTRAP_PHASES=plugin,checkout",
            "BUILDKITE_CONTAINER_ID=0",
            "BUILDKITE_SOCKETS_PATH=/workspace/sockets/checkout");

    private static final String SIGNATURE_BEHAVIOR = "BUILDKITE_AGENT_JOB_VERIFICATION_NO_SIGNATURE_BEHAVIOR=";
    private static final String SIGNING_KEYS = "/buildkite/signing-jwks";
    private static final String VERIFICATION_KEYS = "/buildkite/verification-jwks";

    /** How long before the end of its grace the agent tells a job to end. */
    private static final int REPORT_SECONDS = 10;

    private final Values config;
    private final Values agent;
    private final Values checkout;
    private final Values patch;
    private final Map<String, String> data = new TreeMap<>();

    private JobParameters(Map<String, Object> config) {
        this.config = new Values(config);
        this.agent = this.config.at("agent-config");
        this.checkout = this.config.at("default-checkout-params");
        this.patch = this.config.at("pod-spec-patch");
    }

    /**
     * The data of the ConfigMap.
     *
     * @param config of a queue's controller, as its release is told
     * @param secret that holds the agent token under the key {@code BUILDKITE_AGENT_TOKEN}
     * @param imageRegistries what names of images may begin with; empty for any
     */
    public static Map<String, String> of(Map<String, Object> config, String secret, List<String> imageRegistries) {
        var parameters = new JobParameters(config);
        parameters.describeQueue(imageRegistries);
        parameters.describeVolumes();
        parameters.describeMounts();
        parameters.describeAgent(secret);
        parameters.describeSizes();
        parameters.describeBuilder();
        return Map.copyOf(parameters.data);
    }

    private void describeQueue(List<String> imageRegistries) {
        data.put("queue", config.text("queue"));
        data.put("podSpecs", config.flag("prohibit-kubernetes-plugin") ? "prohibited" : "allowed");
        data.put("deadlineSeconds", config.text("job-active-deadline-seconds"));
        data.put("graceSeconds", config.text("default-termination-grace-period-seconds"));
        data.put("pool", patch.at("nodeSelector").text(Pool.LABEL));
        data.put("automountToken", patch.text("automountServiceAccountToken"));
        data.put(
                "tolerations",
                lines(patch.list("tolerations").stream()
                        .map(toleration -> toleration.text("key") + "=" + toleration.text("value"))
                        .toList()));
        if (agent.has("signingJWKSVolume")) {
            // The key is in the container before a hook could refuse the image.
            data.put("step.agentImageOnly", "true");
        }
        putIfThere("runtimeClass", patch, "runtimeClassName");
        putIfThere("agent.image", config, "image");
        if (!imageRegistries.isEmpty()) {
            data.put("imageRegistries", lines(imageRegistries));
        }
    }

    private void describeVolumes() {
        var volumes = new ArrayList<Values>();
        volumes.add(config.at("workspace-volume"));
        var keys = List.of(agent.at("signingJWKSVolume"), agent.at("verificationJWKSVolume"));
        volumes.add(agent.at("hooksVolume"));
        volumes.addAll(keys);
        var mirrors = checkout.at("gitMirrors").at("volume");
        volumes.add(mirrors);
        volumes.addAll(patch.list("volumes"));
        volumes.stream().filter(volume -> !volume.isEmpty()).forEach(this::describeVolume);
        if (mirrors.has("emptyDir")) {
            // A disk takes its place when the pod is admitted.
            data.put("diskClaims." + mirrors.text("name"), mirrors.text("name") + "-");
        }
        data.put(
                "volumes.private",
                lines(volumes.stream()
                        .filter(volume -> keys.contains(volume) || volume.has("secret"))
                        .map(volume -> volume.text("name"))
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList()));
    }

    private void describeVolume(Values volume) {
        var name = volume.text("name");
        if (volume.has("emptyDir")) {
            data.put("emptyDir." + name, volume.at("emptyDir").text("sizeLimit"));
        } else if (volume.has("configMap")) {
            data.put("configMap." + name, volume.at("configMap").text("name"));
            data.put("mode." + name, mode(volume.at("configMap")));
        } else if (volume.has("secret")) {
            data.put("secret." + name, volume.at("secret").text("secretName"));
            data.put("mode." + name, mode(volume.at("secret")));
        } else if (volume.has("persistentVolumeClaim")) {
            data.put("claim." + name, volume.at("persistentVolumeClaim").text("claimName"));
        } else {
            throw new IllegalArgumentException("a volume of a kind that the policy does not know: " + name);
        }
    }

    /** Of the files of a volume, as Kubernetes writes it; it is 0644 where nothing is said. */
    private static String mode(Values source) {
        return source.has("defaultMode") ? source.text("defaultMode") : String.valueOf(0644);
    }

    private void describeMounts() {
        var workspace = List.of(mount(config.at("workspace-volume").text("name"), WORKSPACE_PATH));
        var hooks = agent.has("hooksVolume")
                ? List.of(mount(agent.at("hooksVolume").text("name"), agent.text("hooks-path")))
                : List.<String>of();
        var signing = keyMount("signingJWKSVolume", "signing-jwks-file", SIGNING_KEYS);
        var verification = keyMount("verificationJWKSVolume", "verification-jwks-file", VERIFICATION_KEYS);
        var mirrors = checkout.at("gitMirrors").at("volume");
        var mirror = mirrors.isEmpty()
                ? List.<String>of()
                : List.of(mount(mirrors.text("name"), checkout.at("gitMirrors").text("path")));
        data.put("copy-agent.mounts", lines(workspace));
        data.put("imagecheck.mounts", lines(workspace));
        data.put("agent.mounts", lines(distinct(List.of(workspace, hooks, signing, verification))));
        data.put(
                "checkout.mounts",
                lines(distinct(List.of(workspace, hooks, mirror, mounts(checkout, "extraVolumeMounts")))));
        data.put(
                "step.mounts",
                lines(distinct(List.of(
                        workspace, hooks, signing, mounts(config.at("default-command-params"), "extraVolumeMounts")))));
    }

    private List<String> keyMount(String volume, String file, String directory) {
        if (!agent.has(volume)) {
            return List.of();
        }
        var path = keyFile(file, directory);
        return List.of(mount(agent.at(volume).text("name"), path.substring(0, path.lastIndexOf('/'))));
    }

    /** Where the controller has the file of a set of keys: a relative path is one below the usual directory. */
    private String keyFile(String file, String directory) {
        var path = agent.has(file) ? agent.text(file) : "key";
        return path.startsWith("/") ? path : directory + "/" + path;
    }

    private void describeAgent(String secret) {
        var variables = new ArrayList<>(AGENT_VARIABLES);
        variables.add("BUILDKITE_AGENT_TOKEN from secret " + secret + " BUILDKITE_AGENT_TOKEN");
        variables.add("BUILDKITE_HOOKS_PATH=" + agent.text("hooks-path"));
        var perJob = new ArrayList<>(JOB_VARIABLES);
        if (config.flag("prohibit-kubernetes-plugin")) {
            variables.addAll(stepVariables());
        } else {
            perJob.addAll(STEP_VARIABLES);
        }
        new TreeMap<>(CHECKOUT_FLAGS).forEach((flag, variable) -> addIfThere(variables, variable, checkout, flag));
        var mirrors = checkout.at("gitMirrors");
        addIfThere(variables, "BUILDKITE_GIT_MIRRORS_PATH", mirrors, "path");
        addIfThere(variables, "BUILDKITE_GIT_MIRRORS_SKIP_UPDATE", mirrors, "skipUpdate");
        new TreeMap<>(AGENT_OPTIONS).forEach((option, variable) -> addIfThere(variables, variable, agent, option));
        addIfThere(variables, "BUILDKITE_NO_GIT_SUBMODULES", checkout, "noSubmodules");
        variables.addAll(signatureVariables());
        data.put("agent.env", lines(variables));
        // The controller says both where it is not told.
        data.put(
                "agent.env.may",
                lines(List.of(
                        "BUILDKITE_AGENT_ENDPOINT=https://agent.buildkite.com/v3",
                        SIGNATURE_BEHAVIOR
                                + (agent.has("verification-failure-behavior")
                                        ? agent.text("verification-failure-behavior")
                                        : "warn"))));
        data.put("agent.env.any", lines(perJob));
        data.put("checkout.env", lines(CHECKOUT_VARIABLES));
        data.put("checkout.envFrom", lines(sources(checkout)));
        data.put("step.envFrom", lines(sources(config.at("default-command-params"))));
    }

    private List<String> signatureVariables() {
        var variables = new ArrayList<String>();
        addIfThere(variables, "BUILDKITE_AGENT_SIGNING_JWKS_KEY_ID", agent, "signing-jwks-key-id");
        if (agent.has("signingJWKSVolume")) {
            variables.add("BUILDKITE_AGENT_SIGNING_JWKS_FILE=" + keyFile("signing-jwks-file", SIGNING_KEYS));
        }
        if (agent.has("verificationJWKSVolume")) {
            variables.add(
                    "BUILDKITE_AGENT_VERIFICATION_JWKS_FILE=" + keyFile("verification-jwks-file", VERIFICATION_KEYS));
        }
        if (agent.has("verification-failure-behavior")) {
            variables.add(SIGNATURE_BEHAVIOR + agent.text("verification-failure-behavior"));
        }
        return variables;
    }

    private List<String> stepVariables() {
        var grace = Integer.parseInt(config.text("default-termination-grace-period-seconds"));
        var variables = new ArrayList<String>();
        variables.add("BUILDKITE_CANCEL_GRACE_PERIOD=" + Math.max(grace, 1));
        variables.add("BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS=" + Math.max(0, grace - REPORT_SECONDS));
        return variables;
    }

    private void describeSizes() {
        for (var role : List.of("agent", "checkout", "copy-agent")) {
            data.put(role + ".cpu", JobPod.AGENT.cpu().toString());
            data.put(role + ".memory", JobPod.AGENT.memory().toString());
        }
        // The controller's own, for as long as it looks whether there is an image.
        data.put("imagecheck.cpu", "100m");
        data.put("imagecheck.memory", "64Mi");
        data.put("imagecheck.limit.memory", "128Mi");
        var resources = config.at("resource-classes")
                .at(config.text("default-resource-class-name"))
                .at("resource");
        describeResources("step", resources);
    }

    private void describeResources(String role, Values resources) {
        resources.at("requests").texts().forEach((kind, size) -> data.put(role + "." + kind.replace('/', '_'), size));
        resources
                .at("limits")
                .texts()
                .forEach((kind, size) -> data.put(role + ".limit." + kind.replace('/', '_'), size));
    }

    private void describeBuilder() {
        for (var builder : patch.list("initContainers")) {
            data.put("builder.name", builder.text("name"));
            data.put("builder.image", builder.text("image"));
            data.put("builder.args", lines(builder.items("args")));
            data.put(
                    "builder.probe", lines(builder.at("startupProbe").at("exec").items("command")));
            data.put("builder.mounts", lines(mounts(builder, "volumeMounts")));
            var rights = builder.at("securityContext");
            data.put("builder.rights", rights.flag("privileged") ? "privileged" : "user " + rights.text("runAsUser"));
            describeResources("builder", builder.at("resources"));
        }
    }

    private void putIfThere(String key, Values values, String name) {
        if (values.has(name)) {
            data.put(key, values.text(name));
        }
    }

    private static void addIfThere(List<String> variables, String variable, Values values, String name) {
        if (values.has(name)) {
            variables.add(variable + "=" + values.text(name));
        }
    }

    private static List<String> sources(Values params) {
        return params.list("envFrom").stream()
                .map(source -> source.has("secretRef")
                        ? "secret " + source.at("secretRef").text("name")
                        : "configMap " + source.at("configMapRef").text("name"))
                .toList();
    }

    /** A path that is mounted at has no colon: Kubernetes refuses one that has. */
    private static List<String> mounts(Values values, String list) {
        return values.list(list).stream()
                .map(mount -> mount.text("name") + ":" + mount.text("mountPath") + ":" + mount.text("subPath")
                        + (mount.flag("readOnly") ? ":ro" : ":rw"))
                .toList();
    }

    private static String mount(String volume, String path) {
        return volume + ":" + path + "::rw";
    }

    /** Of two mounts at one place, the controller keeps the first. */
    private static List<String> distinct(List<List<String>> mounts) {
        return List.copyOf(mounts.stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(
                        mount -> mount.split(":")[1], mount -> mount, (first, second) -> first, LinkedHashMap::new))
                .values());
    }

    private static String lines(List<String> items) {
        return String.join("\n", items);
    }

    /** An object of the configuration, or the absence of one. */
    private record Values(Map<?, ?> map) {
        Values at(String key) {
            return new Values(map.get(key) instanceof Map<?, ?> inner ? inner : Map.of());
        }

        boolean has(String key) {
            return map.containsKey(key);
        }

        boolean isEmpty() {
            return map.isEmpty();
        }

        boolean flag(String key) {
            return Boolean.TRUE.equals(map.get(key));
        }

        String text(String key) {
            return has(key) ? String.valueOf(map.get(key)) : "";
        }

        List<Values> list(String key) {
            return map.get(key) instanceof List<?> items
                    ? items.stream().map(item -> new Values((Map<?, ?>) item)).toList()
                    : List.of();
        }

        List<String> items(String key) {
            return map.get(key) instanceof List<?> items
                    ? items.stream().map(String::valueOf).toList()
                    : List.of();
        }

        Map<String, String> texts() {
            return map.entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> String.valueOf(entry.getKey()),
                            entry -> String.valueOf(entry.getValue()),
                            (first, second) -> first,
                            TreeMap::new));
        }
    }
}
