package io.buildkitefleet.pods;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.fleet.images.PinnedImage;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
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

    /** https://github.com/buildkite/agent-stack-k8s/blob/v0.47.0/internal/controller/config/config.go#L35. */
    private static final int GRACE_SECONDS = 60;

    private final String namespace;
    private final String id;
    private final String version;
    private final JsonObject config;
    private final boolean imageHasDigest;

    private StackController(String namespace, String id, String version, JsonObject config) {
        this.namespace = namespace;
        this.id = id;
        this.version = version;
        this.config = config.deepCopy();
        // The chart names its agent's image by a digest, which nobody here has seen.
        this.imageHasDigest = !this.config.has("image");
        if (imageHasDigest) {
            this.config.addProperty("image", PinnedImage.AGENT.published());
        }
    }

    /** The controller of a queue, from the release of its chart. */
    public static StackController of(Registration release) {
        var inputs = PropertyValues.revealed(release.inputs()).getAsJsonObject();
        var values = JsonTree.object(inputs, "values");
        return new StackController(
                JsonTree.text(inputs, "namespace"),
                ReleaseObjects.fullName(JsonTree.text(inputs, "name"), values),
                JsonTree.textOr(inputs, "version", "unknown"),
                JsonTree.object(values, "config"));
    }

    /** One that was built from source, as the one was whose Jobs are recorded. */
    static StackController ofSource(String namespace, String id, JsonObject config) {
        return new StackController(namespace, id, "devel", config);
    }

    public String namespace() {
        return namespace;
    }

    /** The name under which the API server knows it. */
    public String user() {
        return "system:serviceaccount:" + namespace + ":" + id + "-controller";
    }

    /** The pod that Kubernetes makes of a step's Job. */
    public JsonObject pod(JobStep step) {
        return podOf(job(step));
    }

    /** The pod that Kubernetes makes of a Job. */
    public static JsonObject podOf(JsonObject job) {
        var name = JsonTree.text(JsonTree.object(job, "metadata"), "name");
        var template = JsonTree.object(JsonTree.object(job.deepCopy(), "spec"), "template");
        var pod = JsonTree.of(Map.of("apiVersion", "v1", "kind", "Pod"));
        var metadata = JsonTree.object(template, "metadata");
        metadata.addProperty("name", name + "-abcde");
        metadata.add("namespace", JsonTree.object(job, "metadata").get("namespace"));
        JsonTree.list(metadata, "ownerReferences")
                .add(JsonTree.of(Map.of(
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
        pod.add("spec", JsonTree.object(template, "spec"));
        return pod;
    }

    /** The Job of a step. */
    public JsonObject job(JobStep step) {
        return job(step, JOB_UUID);
    }

    JsonObject job(JobStep step, String uuid) {
        var metadata = metadata(step, uuid);
        var template = new JsonObject();
        template.add("metadata", metadata.deepCopy());
        template.add("spec", podSpec(step, uuid));
        metadata.addProperty("name", "buildkite-" + uuid);
        metadata.addProperty("namespace", namespace);
        var spec = JsonTree.of(Map.of("backoffLimit", 0, "ttlSecondsAfterFinished", 600));
        spec.add("activeDeadlineSeconds", config.get("job-active-deadline-seconds"));
        spec.add("template", template);
        var job = JsonTree.of(Map.of("apiVersion", "batch/v1", "kind", "Job"));
        job.add("metadata", metadata);
        job.add("spec", spec);
        return job;
    }

    private JsonObject metadata(JobStep step, String uuid) {
        var metadata = JsonTree.object(config, "default-metadata").deepCopy();
        var labels = JsonTree.object(metadata, "labels");
        labels.addProperty("buildkite.com/job-uuid", uuid);
        labels.addProperty("buildkite.com/controller-id", id);
        labels.addProperty("tag.buildkite.com/queue", JsonTree.text(config, "queue"));
        var annotations = JsonTree.object(metadata, "annotations");
        annotations.addProperty("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
        annotations.addProperty("buildkite.com/build-branch", "main");
        annotations.addProperty("buildkite.com/build-repo", "https://example.com/acme/app.git");
        annotations.addProperty("buildkite.com/build-url", BUILD_URL);
        annotations.addProperty("buildkite.com/job-priority", "0");
        annotations.addProperty("buildkite.com/job-url", BUILD_URL + "#" + uuid);
        annotations.addProperty("buildkite.com/pipeline-slug", "");
        annotations.addProperty("buildkite.com/step-key", "");
        var sidecars = JsonTree.objects(step.plugin(), "sidecars");
        for (int i = 0; i < sidecars.size(); i++) {
            annotations.addProperty(
                    "buildkite.com/sidecar-" + i, JsonTree.textOr(sidecars.get(i), "name", "sidecar-" + i));
        }
        return metadata;
    }

    private JsonObject podSpec(JobStep step, String uuid) {
        var plugin = step.plugin();
        var containers = new StackContainers(config.deepCopy(), imageHasDigest, plugin);
        var pod = JsonTree.object(plugin, "podSpec");
        var grace = graceSeconds();
        pod.addProperty("terminationGracePeriodSeconds", grace);
        JsonTree.list(pod, "volumes").addAll(containers.volumes());
        addContainers(pod, step, containers, uuid, grace);
        pod.addProperty("restartPolicy", "Never");
        var patched = StrategicMerge.of(pod, JsonTree.object(config, "pod-spec-patch"));
        if (!step.image().isEmpty()) {
            commands(JsonTree.list(patched, "containers"))
                    .forEach(command -> command.addProperty("image", step.image()));
        }
        var done = StrategicMerge.of(patched, JsonTree.object(plugin, "podSpecPatch"));
        withoutRepeatedMounts(JsonTree.objects(done, "containers"));
        withoutRepeatedMounts(JsonTree.objects(done, "initContainers"));
        return done;
    }

    private void addContainers(JsonObject pod, JobStep step, StackContainers containers, String uuid, int grace) {
        var plugin = step.plugin();
        var skip = JsonTree.object(plugin, "checkout").has("skip");
        var main = new JsonArray();
        for (var own : JsonTree.objects(pod, "containers")) {
            main.add(containers.ownCommand(own, main.size(), skip ? 0 : 1, step.command()));
        }
        if (main.isEmpty()) {
            main.add(containers.defaultCommand(step.command(), skip ? 0 : 1));
        }
        commands(main).forEach(this::applyResourceClass);
        var managed = main.size() + (skip ? 0 : 1);
        var tags = "k8s:agent-stack-version=" + version + ",queue=" + JsonTree.text(config, "queue");
        main.add(containers.agent(uuid, tags, managed, grace));
        if (!skip) {
            main.add(containers.checkout(JsonTree.list(pod, "volumes")));
        }
        var own = JsonTree.list(pod, "initContainers");
        var sidecars = JsonTree.objects(plugin, "sidecars");
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
        var resources = JsonTree.object(command, "resources");
        var classes = JsonTree.object(config.deepCopy(), "resource-classes");
        var chosen = JsonTree.object(classes, JsonTree.text(config, "default-resource-class-name"));
        for (var kind : List.of("requests", "limits")) {
            var share = JsonTree.object(JsonTree.object(chosen, "resource"), kind);
            share.asMap().forEach(JsonTree.object(resources, kind)::add);
        }
    }

    /** As the controller tells them: by a variable that only they have. */
    private static List<JsonObject> commands(JsonArray containers) {
        return JsonTree.objects(containers).stream()
                .filter(container -> JsonTree.list(container, "env").toString().contains("\"BUILDKITE_COMMAND\""))
                .toList();
    }

    private static void withoutRepeatedMounts(List<JsonObject> containers) {
        for (var container : containers) {
            var paths = new HashSet<String>();
            var mounts = new JsonArray();
            JsonTree.objects(container, "volumeMounts").stream()
                    .filter(mount -> paths.add(JsonTree.text(mount, "mountPath")))
                    .forEach(mounts::add);
            container.add("volumeMounts", mounts);
        }
    }

    private int graceSeconds() {
        return config.get("default-termination-grace-period-seconds") instanceof JsonPrimitive seconds
                        && seconds.isNumber()
                ? seconds.getAsInt()
                : GRACE_SECONDS;
    }
}
