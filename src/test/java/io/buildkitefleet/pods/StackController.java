package io.buildkitefleet.pods;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
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

    /** The chart comes with its agent's image pinned by a digest; any one will do here. */
    private static final String CHART_IMAGE = "ghcr.io/buildkite/agent:3.136.2@sha256:" + "0".repeat(64);

    private final String namespace;
    private final String id;
    private final String version;
    private final String user;
    private final JsonObject config;

    private StackController(String namespace, String id, String version, String user, JsonObject config) {
        this.namespace = namespace;
        this.id = id;
        this.version = version;
        this.user = user;
        this.config = config.deepCopy();
        if (!this.config.has("image")) {
            this.config.addProperty("image", CHART_IMAGE);
        }
    }

    /** The controller of a queue, from the values of its release. */
    public static StackController of(Plan plan, String queue) {
        var release = plan.find("kubernetes:helm.sh/v3:Release", "queue-" + queue + "-release")
                .orElseThrow();
        var namespace = Inputs.text(release, "namespace");
        var name = Inputs.text(release, "name");
        var user = "system:serviceaccount:" + namespace + ":" + name + "-controller";
        return new StackController(namespace, name, "0.47.0", user, configOf(release));
    }

    /** One that was built from source, as the one was whose Jobs are recorded. */
    static StackController ofSource(String namespace, String id, JsonObject config) {
        return new StackController(namespace, id, "devel", "", config);
    }

    private static JsonObject configOf(Registration release) {
        return Inputs.revealed(Inputs.at(release, "values", "config").orElseThrow())
                .getAsJsonObject();
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
        var name = Json.text(Json.object(job, "metadata"), "name");
        var template = job.getAsJsonObject("spec").getAsJsonObject("template").deepCopy();
        var pod = Json.of(Map.of("apiVersion", "v1", "kind", "Pod"));
        var metadata = template.getAsJsonObject("metadata");
        metadata.addProperty("name", name + "-abcde");
        metadata.add("namespace", Json.object(job, "metadata").get("namespace"));
        Json.list(metadata, "ownerReferences")
                .add(Json.of(Map.of(
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
        var spec = Json.of(Map.of("backoffLimit", 0, "ttlSecondsAfterFinished", 600));
        spec.add("activeDeadlineSeconds", config.get("job-active-deadline-seconds"));
        spec.add("template", template);
        var job = Json.of(Map.of("apiVersion", "batch/v1", "kind", "Job"));
        job.add("metadata", metadata);
        job.add("spec", spec);
        return job;
    }

    private JsonObject metadata(Step step, String uuid) {
        var metadata = Json.object(config, "default-metadata").deepCopy();
        var labels = Json.object(metadata, "labels");
        labels.addProperty("buildkite.com/job-uuid", uuid);
        labels.addProperty("buildkite.com/controller-id", id);
        labels.addProperty("tag.buildkite.com/queue", Json.text(config, "queue"));
        var annotations = Json.object(metadata, "annotations");
        annotations.addProperty("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
        annotations.addProperty("buildkite.com/build-branch", "main");
        annotations.addProperty("buildkite.com/build-repo", "https://example.com/acme/app.git");
        annotations.addProperty("buildkite.com/build-url", BUILD_URL);
        annotations.addProperty("buildkite.com/job-priority", "0");
        annotations.addProperty("buildkite.com/job-url", BUILD_URL + "#" + uuid);
        annotations.addProperty("buildkite.com/pipeline-slug", "");
        annotations.addProperty("buildkite.com/step-key", "");
        var sidecars = Json.list(step.plugin(), "sidecars");
        for (int i = 0; i < sidecars.size(); i++) {
            annotations.addProperty(
                    "buildkite.com/sidecar-" + i,
                    StackContainers.nameOr(sidecars.get(i).getAsJsonObject(), "sidecar-" + i));
        }
        return metadata;
    }

    private JsonObject podSpec(Step step, String uuid) {
        var plugin = step.plugin();
        var containers = new StackContainers(config.deepCopy(), plugin);
        var pod = Json.object(plugin, "podSpec");
        var grace = config.get("default-termination-grace-period-seconds").getAsInt();
        pod.addProperty("terminationGracePeriodSeconds", grace);
        Json.list(pod, "volumes").addAll(containers.volumes());
        addContainers(pod, step, containers, uuid, grace);
        pod.addProperty("restartPolicy", "Never");
        var patched = StrategicMerge.of(pod, Json.object(config, "pod-spec-patch"));
        if (!step.image().isEmpty()) {
            commands(patched.getAsJsonArray("containers"))
                    .forEach(command -> command.addProperty("image", step.image()));
        }
        var done = StrategicMerge.of(patched, Json.object(plugin, "podSpecPatch"));
        withoutRepeatedMounts(done.getAsJsonArray("containers"));
        withoutRepeatedMounts(done.getAsJsonArray("initContainers"));
        return done;
    }

    private void addContainers(JsonObject pod, Step step, StackContainers containers, String uuid, int grace) {
        var plugin = step.plugin();
        var skip = Json.object(plugin, "checkout").has("skip");
        var main = new JsonArray();
        for (var own : Json.list(pod, "containers")) {
            main.add(containers.ownCommand(own.getAsJsonObject(), main.size(), skip ? 0 : 1, step.command()));
        }
        if (main.isEmpty()) {
            main.add(containers.defaultCommand(step.command(), skip ? 0 : 1));
        }
        commands(main).forEach(this::applyResourceClass);
        var managed = main.size() + (skip ? 0 : 1);
        var tags = "k8s:agent-stack-version=" + version + ",queue=" + Json.text(config, "queue");
        main.add(containers.agent(uuid, tags, managed, grace));
        if (!skip) {
            main.add(containers.checkout(Json.list(pod, "volumes")));
        }
        var own = Json.list(pod, "initContainers");
        var sidecars = Json.list(plugin, "sidecars");
        for (int i = 0; i < sidecars.size(); i++) {
            own.add(containers.sidecar(sidecars.get(i).getAsJsonObject(), i));
        }
        var init = new JsonArray();
        init.add(containers.copyAgent());
        init.addAll(containers.imageChecks(main, own));
        init.addAll(own);
        pod.add("containers", main);
        pod.add("initContainers", init);
    }

    private void applyResourceClass(JsonObject command) {
        var resources = Json.object(command, "resources");
        var classes = config.getAsJsonObject("resource-classes");
        var chosen = classes.getAsJsonObject(Json.text(config, "default-resource-class-name"));
        for (var kind : List.of("requests", "limits")) {
            Json.object(chosen, "resource").getAsJsonObject(kind).asMap().forEach(Json.object(resources, kind)::add);
        }
    }

    /** As the controller tells them: by a variable that only they have. */
    private static List<JsonObject> commands(JsonArray containers) {
        return containers.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(container -> Json.list(container, "env").toString().contains("\"BUILDKITE_COMMAND\""))
                .toList();
    }

    private static void withoutRepeatedMounts(JsonArray containers) {
        for (var container : containers) {
            var mounts = new JsonArray();
            for (var mount : Json.list(container.getAsJsonObject(), "volumeMounts")) {
                var path = mount.getAsJsonObject().get("mountPath");
                if (mounts.asList().stream()
                        .noneMatch(other ->
                                other.getAsJsonObject().get("mountPath").equals(path))) {
                    mounts.add(mount);
                }
            }
            container.getAsJsonObject().add("volumeMounts", mounts);
        }
    }
}
