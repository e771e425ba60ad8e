package io.buildkitefleet.pods;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.buildkitefleet.fleet.images.PinnedImage;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.resources.KubernetesType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The controller agent-stack-k8s 0.47.0 of one queue, as far as it makes Jobs of steps: from the same configuration it
 * makes the Jobs that the real one has made. It follows the real one's order, on which the result depends: containers,
 * then the resource class, init containers, the patch of its configuration, the step's image, the patch of the step.
 *
 * @see <a href="https://github.com/buildkite/agent-stack-k8s/blob/v0.47.0/internal/controller/scheduler/scheduler.go">
 *     scheduler.go</a>
 */
public final class StackController {
    private static final String JOB_UUID = "0190046e-e199-453b-a302-a21a4d649d31";
    private static final String BUILD_URL = "https://buildkite.example/acme/app/builds/1";

    /** What jobs are given to end, in seconds, where nothing else is said. */
    private static final int GRACE = 60;

    /** For how long a Job that has ended is kept, in seconds, where nothing else is said. */
    private static final int TTL = 600;

    private final String namespace;
    private final String id;
    private final String version;
    private final String user;
    private final JsonObject config;

    /** @param version that the controller gives itself */
    StackController(String namespace, String id, String version, String user, JsonObject config) {
        this.namespace = namespace;
        this.id = id;
        this.version = version;
        this.user = user;
        this.config = config.deepCopy();
        if (!this.config.has("image")) {
            // The chart names the same one by its digest.
            this.config.addProperty("image", PinnedImage.AGENT.published());
        }
    }

    /** The controller of a queue of the fleet. */
    public static StackController of(Plan plan, String queue) {
        return of(plan.find(KubernetesType.RELEASE.token(), "queue-" + queue + "-release")
                .orElseThrow()
                .inputs());
    }

    /**
     * The controller of a release, from the inputs of that.
     *
     * @throws MalformedPodException if the controller would not take its configuration
     */
    public static StackController of(JsonObject release) {
        var inputs = PropertyValues.revealed(release).getAsJsonObject();
        var namespace = JsonParts.text(inputs, "namespace");
        var name = JsonParts.text(inputs, "name");
        var user = "system:serviceaccount:" + namespace + ":" + ControllerPod.account(inputs);
        var config = JsonParts.object(JsonParts.object(inputs, "values"), "config");
        return new StackController(namespace, name, "0.47.0", user, config);
    }

    public String namespace() {
        return namespace;
    }

    /** The name under which the API server knows it. */
    public String user() {
        return user;
    }

    /** The pod that Kubernetes makes of a step's Job. */
    public JsonObject pod(Step step) {
        return podOf(job(step));
    }

    /** The pod that Kubernetes makes of a Job. */
    public static JsonObject podOf(JsonObject job) {
        var name = JsonParts.text(JsonParts.object(job, "metadata"), "name");
        var template = job.getAsJsonObject("spec").getAsJsonObject("template").deepCopy();
        var pod = JsonParts.of(Map.of("apiVersion", "v1", "kind", "Pod"));
        var metadata = template.getAsJsonObject("metadata");
        metadata.addProperty("name", name + "-abcde");
        metadata.add("namespace", JsonParts.object(job, "metadata").get("namespace"));
        JsonParts.list(metadata, "ownerReferences")
                .add(JsonParts.of(Map.of(
                        "apiVersion",
                        "batch/v1",
                        "kind",
                        "Job",
                        "name",
                        name,
                        "uid",
                        "3b1c0b0e-5a53-4f7c-9a53-0c1f3b6f2d11",
                        "controller",
                        true,
                        "blockOwnerDeletion",
                        true)));
        pod.add("metadata", metadata);
        pod.add("spec", template.getAsJsonObject("spec"));
        return pod;
    }

    /** The Job of a step. */
    public JsonObject job(Step step) {
        return job(step, JOB_UUID);
    }

    JsonObject job(Step step, String uuid) {
        var metadata = metadata(step, uuid);
        var template = new JsonObject();
        template.add("metadata", metadata.deepCopy());
        template.add("spec", podSpec(step, uuid));
        metadata.addProperty("name", "buildkite-" + uuid);
        metadata.addProperty("namespace", namespace);
        var spec = JsonParts.of(
                Map.of("backoffLimit", 0, "ttlSecondsAfterFinished", JsonParts.seconds(config, "job-ttl", TTL)));
        spec.add("activeDeadlineSeconds", config.get("job-active-deadline-seconds"));
        spec.add("template", template);
        var job = JsonParts.of(Map.of("apiVersion", "batch/v1", "kind", "Job"));
        job.add("metadata", metadata);
        job.add("spec", spec);
        return job;
    }

    private JsonObject metadata(Step step, String uuid) {
        var metadata = JsonParts.object(config, "default-metadata").deepCopy();
        var labels = JsonParts.object(metadata, "labels");
        labels.addProperty("buildkite.com/job-uuid", uuid);
        labels.addProperty("buildkite.com/controller-id", id);
        labels.addProperty("tag.buildkite.com/queue", JsonParts.text(config, "queue"));
        var annotations = JsonParts.object(metadata, "annotations");
        annotations.addProperty("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
        annotations.addProperty("buildkite.com/build-branch", "main");
        annotations.addProperty("buildkite.com/build-repo", "https://example.com/acme/app.git");
        annotations.addProperty("buildkite.com/build-url", BUILD_URL);
        annotations.addProperty("buildkite.com/job-priority", "0");
        annotations.addProperty("buildkite.com/job-url", BUILD_URL + "#" + uuid);
        annotations.addProperty("buildkite.com/pipeline-slug", "");
        annotations.addProperty("buildkite.com/step-key", "");
        var sidecars = JsonParts.objects(step.plugin(), "sidecars");
        for (int i = 0; i < sidecars.size(); i++) {
            annotations.addProperty(
                    "buildkite.com/sidecar-" + i, StackContainers.nameOr(sidecars.get(i), "sidecar-" + i));
        }
        return metadata;
    }

    private JsonObject podSpec(Step step, String uuid) {
        var plugin = step.plugin();
        var containers = new StackContainers(config.deepCopy(), plugin);
        var pod = JsonParts.object(plugin, "podSpec");
        var grace = JsonParts.number(config, "default-termination-grace-period-seconds", GRACE);
        pod.addProperty("terminationGracePeriodSeconds", grace);
        JsonParts.list(pod, "volumes").addAll(containers.volumes());
        addContainers(pod, step, containers, uuid, grace);
        pod.addProperty("restartPolicy", "Never");
        var patched = StrategicMerge.of(pod, JsonParts.object(config, "pod-spec-patch"));
        if (!step.image().isEmpty()) {
            commands(JsonParts.list(patched, "containers"))
                    .forEach(command -> command.addProperty("image", step.image()));
        }
        var done = StrategicMerge.of(patched, JsonParts.object(plugin, "podSpecPatch"));
        JsonParts.objects(done, "containers").forEach(StackController::dropRepeatedMounts);
        JsonParts.objects(done, "initContainers").forEach(StackController::dropRepeatedMounts);
        return done;
    }

    private void addContainers(JsonObject pod, Step step, StackContainers containers, String uuid, int grace) {
        var plugin = step.plugin();
        var skip = JsonParts.object(plugin, "checkout").has("skip");
        var main = new JsonArray();
        for (var own : JsonParts.objects(pod, "containers")) {
            main.add(containers.ownCommand(own, main.size(), skip ? 0 : 1, step.command()));
        }
        if (main.isEmpty()) {
            main.add(containers.defaultCommand(step.command(), skip ? 0 : 1));
        }
        commands(main).forEach(this::applyResourceClass);
        var managed = main.size() + (skip ? 0 : 1);
        var tags = "k8s:agent-stack-version=" + version + ",queue=" + JsonParts.text(config, "queue");
        main.add(containers.agent(uuid, tags, managed, grace));
        if (!skip) {
            main.add(containers.checkout(JsonParts.list(pod, "volumes")));
        }
        var own = JsonParts.list(pod, "initContainers");
        var sidecars = JsonParts.objects(plugin, "sidecars");
        for (int i = 0; i < sidecars.size(); i++) {
            own.add(containers.sidecar(sidecars.get(i), i));
        }
        var init = new JsonArray();
        init.add(containers.copyAgent());
        init.addAll(containers.imageChecks(main, own));
        init.addAll(own);
        pod.add("containers", main);
        pod.add("initContainers", init);
    }

    private void applyResourceClass(JsonObject command) {
        var resources = JsonParts.object(command, "resources");
        var classes = JsonParts.object(config, "resource-classes");
        var chosen = JsonParts.object(classes, JsonParts.text(config, "default-resource-class-name"));
        for (var kind : List.of("requests", "limits")) {
            var own = JsonParts.object(JsonParts.object(chosen, "resource"), kind);
            own.asMap().forEach(JsonParts.object(resources, kind)::add);
        }
    }

    /** As the controller tells them: by a variable that only they have. */
    private static List<JsonObject> commands(JsonArray containers) {
        return JsonParts.objects(containers, "containers").stream()
                .filter(container -> JsonParts.list(container, "env").toString().contains("\"BUILDKITE_COMMAND\""))
                .toList();
    }

    private static void dropRepeatedMounts(JsonObject container) {
        var paths = new HashSet<String>();
        var mounts = new JsonArray();
        JsonParts.objects(container, "volumeMounts").stream()
                .filter(mount -> paths.add(JsonParts.text(mount, "mountPath")))
                .forEach(mounts::add);
        container.add("volumeMounts", mounts);
    }
}
