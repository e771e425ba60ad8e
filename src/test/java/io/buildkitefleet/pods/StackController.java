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
 * The controller agent-stack-k8s 0.47.0 of one queue, as far as it makes Jobs of steps. It follows the real one's
 * order, on which the result depends: containers, then the resource class, init containers, the patch of its
 * configuration, the step's image, the patch of the step.
 *
 * @see <a href="https://github.com/buildkite/agent-stack-k8s/blob/v0.47.0/internal/controller/scheduler/scheduler.go">
 *     scheduler.go</a>
 */
public final class StackController {
    private static final String JOB_UUID = "0190046e-e199-453b-a302-a21a4d649d31";

    private final String namespace;
    private final String id;
    private final JsonObject config;

    private StackController(String namespace, String id, JsonObject config) {
        this.namespace = namespace;
        this.id = id;
        this.config = config;
    }

    /** The controller of a queue, from the values of its release. */
    public static StackController of(Plan plan, String queue) {
        var release = plan.find("kubernetes:helm.sh/v3:Release", "queue-" + queue + "-release")
                .orElseThrow();
        return new StackController(Inputs.text(release, "namespace"), Inputs.text(release, "name"), configOf(release));
    }

    private static JsonObject configOf(Registration release) {
        return Inputs.revealed(Inputs.at(release, "values", "config").orElseThrow())
                .getAsJsonObject();
    }

    public String namespace() {
        return namespace;
    }

    /** The pod of a step, named after the step's job. */
    public JsonObject pod(Step step) {
        var template = job(step).getAsJsonObject("spec").getAsJsonObject("template");
        var pod = Json.of(Map.of("apiVersion", "v1", "kind", "Pod"));
        var metadata = template.getAsJsonObject("metadata");
        metadata.addProperty("name", "buildkite-" + JOB_UUID + "-abcde");
        metadata.addProperty("namespace", namespace);
        pod.add("metadata", metadata);
        pod.add("spec", template.getAsJsonObject("spec"));
        return pod;
    }

    /** The Job of a step. */
    public JsonObject job(Step step) {
        var metadata = metadata();
        var template = new JsonObject();
        template.add("metadata", metadata.deepCopy());
        template.add("spec", podSpec(step));
        metadata.addProperty("name", "buildkite-" + JOB_UUID);
        metadata.addProperty("namespace", namespace);
        var spec = Json.of(Map.of("backoffLimit", 0, "ttlSecondsAfterFinished", 600));
        spec.add("activeDeadlineSeconds", config.get("job-active-deadline-seconds"));
        spec.add("template", template);
        var job = Json.of(Map.of("apiVersion", "batch/v1", "kind", "Job"));
        job.add("metadata", metadata);
        job.add("spec", spec);
        return job;
    }

    private JsonObject metadata() {
        var metadata = Json.object(config, "default-metadata").deepCopy();
        var labels = Json.object(metadata, "labels");
        labels.addProperty("buildkite.com/job-uuid", JOB_UUID);
        labels.addProperty("buildkite.com/controller-id", id);
        labels.addProperty("tag.buildkite.com/queue", Json.text(config, "queue"));
        Json.object(metadata, "annotations").addProperty("cluster-autoscaler.kubernetes.io/safe-to-evict", "false");
        return metadata;
    }

    private JsonObject podSpec(Step step) {
        var plugin = step.plugin().deepCopy();
        var containers = new StackContainers(config.deepCopy(), plugin);
        var pod = Json.object(plugin, "podSpec");
        var grace = config.get("default-termination-grace-period-seconds").getAsInt();
        pod.addProperty("terminationGracePeriodSeconds", grace);
        Json.list(pod, "volumes").addAll(containers.volumes());
        addContainers(pod, plugin, containers, grace);
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

    private void addContainers(JsonObject pod, JsonObject plugin, StackContainers containers, int grace) {
        var main = new JsonArray();
        for (var own : Json.list(pod, "containers")) {
            main.add(containers.ownCommand(own.getAsJsonObject(), main.size()));
        }
        if (main.isEmpty()) {
            main.add(containers.defaultCommand());
        }
        commands(main).forEach(this::applyResourceClass);
        main.add(containers.agent(grace));
        var checkout = Json.object(plugin, "checkout");
        if (!checkout.has("skip") || !checkout.get("skip").getAsBoolean()) {
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
