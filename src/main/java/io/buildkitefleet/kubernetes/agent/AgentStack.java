package io.buildkitefleet.kubernetes.agent;

import com.pulumi.core.Output;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.fleet.SystemPool;
import io.buildkitefleet.fleet.images.PinnedImage;
import io.buildkitefleet.kubernetes.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the release of one queue is told: everything in it is read off the queue. */
public final class AgentStack {
    /** Everything in this Secret becomes the controller's environment and outranks its configuration. */
    public static final String TOKEN_SECRET = "agent-token";

    /** The key that the chart has built in. */
    public static final String TOKEN_KEY = "BUILDKITE_AGENT_TOKEN";

    public static final String CHECKOUT_SECRET = "checkout";

    /** What the agent image's entry point turns into a key file, in the checkout container alone. */
    public static final String CHECKOUT_KEY = "SSH_PRIVATE_ED25519_KEY";

    public static final String ENVIRONMENT = "environment";
    public static final String VARIABLES = "variables";

    /** The variable that names the key of encrypted variables. */
    public static final String VARIABLES_KEY = "FLEET_VARIABLES_KEY";

    public static final String ENVIRONMENT_SECRET = "environment-secrets";

    /** Minutes for which a pod may wait for its node: from nothing, a GPU node takes the longest, about ten. */
    private static final int PENDING_MINUTES = 15;

    /** The annotation of the controller's pods that is another one with another token. */
    public static final String TOKEN_VERSION = "buildkite-fleet/agent-token-version";

    private AgentStack() {}

    public static AgentStackValues values(Queue queue, Output<String> tokenVersion, boolean checkoutKey) {
        var values = new LinkedHashMap<String, Object>();
        values.put("agentStackSecret", TOKEN_SECRET);
        if (queue.pool().isPresent()) {
            values.put("nodeSelector", Map.of(Pool.LABEL, SystemPool.NAME));
        }
        values.put("labels", Labels.of(queue, Labels.CONTROLLER));
        // The controller reads the token once, so a new token must restart it.
        values.put("annotations", Map.of(TOKEN_VERSION, tokenVersion));
        values.put(
                "resources",
                Map.of(
                        "requests",
                        quantities(SystemPool.CONTROLLER),
                        "limits",
                        Map.of("memory", SystemPool.CONTROLLER_LIMIT.toString())));
        queue.images().besideChart(PinnedImage.CONTROLLER).ifPresent(image -> values.put("image", image));
        values.put("config", config(queue, checkoutKey));
        return AgentStackValues.of(values);
    }

    private static Map<String, Object> config(Queue queue, boolean checkoutKey) {
        var config = new LinkedHashMap<String, Object>();
        config.put("queue", queue.name());
        config.put("tags", queue.tags());
        config.put("max-in-flight", queue.maxInFlight());
        config.put("job-active-deadline-seconds", queue.config().timeoutMinutes() * 60);
        config.put("job-ttl", Queue.KEPT_MINUTES + "m");
        config.put("pod-pending-timeout", PENDING_MINUTES + "m");
        config.put("reservation-expiry-seconds", PENDING_MINUTES * 60);
        config.put("default-termination-grace-period-seconds", queue.graceSeconds());
        // A pod spec is judged by the admission policy alone: it can take effect before any hook has run.
        config.put("prohibit-kubernetes-plugin", !queue.takesPodSpecs());
        config.put("log-format", "json");
        var redacted = redacted(queue);
        if (!redacted.isEmpty()) {
            config.put("additional-redacted-vars", redacted);
        }
        config.put("default-metadata", Map.of("labels", Labels.of(queue, Labels.JOB)));
        config.put("default-resource-class-name", queue.name());
        config.put("resource-classes", Map.of(queue.name(), resourceClass(queue)));
        config.put(
                "workspace-volume",
                emptyDir("workspace", queue.job().workspace().toString()));
        config.put("default-command-params", commandParams(queue));
        var checkoutParams = checkoutParams(queue, checkoutKey);
        if (!checkoutParams.isEmpty()) {
            config.put("default-checkout-params", checkoutParams);
        }
        config.put("agent-config", agentConfig(queue));
        config.put("pod-spec-patch", JobPodSpec.patch(queue));
        queue.agentImage().ifPresent(image -> config.put("image", image));
        return config;
    }

    private static Map<String, Object> agentConfig(Queue queue) {
        var config = new LinkedHashMap<>(JobHooks.agentConfig(queue));
        queue.signatures().map(StepSigning::agentConfig).ifPresent(config::putAll);
        return config;
    }

    private static Map<String, Object> resourceClass(Queue queue) {
        var job = queue.job();
        var requests = requests(job.command(), job.workspace());
        var limits = new LinkedHashMap<String, Object>();
        // CPU that nobody else asks for may be used; memory that nobody else asks for may be gone the next moment.
        limits.put("memory", job.command().memory().toString());
        if (job.gpus() > 0) {
            limits.put("nvidia.com/gpu", String.valueOf(job.gpus()));
            requests.put("nvidia.com/gpu", String.valueOf(job.gpus()));
        }
        return Map.of("resource", Map.of("requests", requests, "limits", limits));
    }

    private static Map<String, Object> checkoutParams(Queue queue, boolean checkoutKey) {
        var params = new LinkedHashMap<String, Object>();
        if (checkoutKey) {
            params.put("envFrom", List.of(secretRef(CHECKOUT_SECRET)));
        }
        queue.gitMirror().ifPresent(mirror -> params.put("gitMirrors", GitMirror.checkout(mirror)));
        queue.config().gitCleanFlags().ifPresent(flags -> params.put("cleanFlags", flags));
        if (!queue.config().warm().isEmpty()) {
            params.put("extraVolumeMounts", WarmCaches.mounts(queue));
        }
        if (queue.signs()) {
            // A pipeline is read from the commit itself; what else a commit names is not even fetched beside the key.
            params.put("noSubmodules", true);
        }
        return params;
    }

    /** Variables whose values the agent takes out of the log, whatever they are called. */
    private static List<String> redacted(Queue queue) {
        var variables = new ArrayList<>(new TreeSet<>(queue.config().secrets().keySet()));
        queue.config().variablesKey().ifPresent(version -> variables.add("SECRET_*"));
        return variables;
    }

    private static Map<String, Object> commandParams(Queue queue) {
        var envFrom = new ArrayList<Map<String, Object>>();
        envFrom.add(configMapRef(ENVIRONMENT));
        queue.config().variablesKey().ifPresent(version -> envFrom.add(configMapRef(VARIABLES)));
        if (!queue.config().secrets().isEmpty()) {
            envFrom.add(secretRef(ENVIRONMENT_SECRET));
        }
        var mounts = new ArrayList<Map<String, Object>>();
        ImageBuilder.of(queue).ifPresent(builder -> {
            mounts.addAll(builder.mounts());
            if (queue.pushesImages()) {
                mounts.addAll(RegistryLogin.mounts());
            }
        });
        if (queue.gitMirror().isPresent()) {
            mounts.add(GitMirror.readOnlyMount());
        }
        mounts.addAll(WarmCaches.mounts(queue));
        return mounts.isEmpty() ? Map.of("envFrom", envFrom) : Map.of("envFrom", envFrom, "extraVolumeMounts", mounts);
    }

    /** What the image builder beside a job gets: as much as the job, and its own part of the disk. */
    static Map<String, Object> sidecarResources(JobPod job) {
        var share = job.docker().orElseThrow();
        return Map.of(
                "requests",
                requests(share, job.dockerStorage()),
                "limits",
                Map.of("memory", share.memory().toString()));
    }

    static Map<String, Object> emptyDir(String volume, String sizeLimit) {
        return Map.of("name", volume, "emptyDir", Map.of("sizeLimit", sizeLimit));
    }

    static Map<String, Object> requests(Resources resources, Memory disk) {
        var requests = new LinkedHashMap<String, Object>(quantities(resources));
        requests.put("ephemeral-storage", disk.toString());
        return requests;
    }

    private static Map<String, Object> quantities(Resources resources) {
        return Map.of(
                "cpu", resources.cpu().toString(), "memory", resources.memory().toString());
    }

    private static Map<String, Object> configMapRef(String name) {
        return Map.of("configMapRef", Map.of("name", name));
    }

    private static Map<String, Object> secretRef(String name) {
        return Map.of("secretRef", Map.of("name", name));
    }
}
