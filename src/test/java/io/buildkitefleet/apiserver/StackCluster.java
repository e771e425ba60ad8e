package io.buildkitefleet.apiserver;

import com.google.gson.JsonObject;
import io.buildkitefleet.apiserver.ApiClient.Answer;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.pods.ControllerPod;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An API server that holds the objects of a stack, and what GKE and the controllers of Kubernetes add to them. */
final class StackCluster implements AutoCloseable {
    /** Charts, which only their own templates could make objects of. */
    private static final String RELEASE = "kubernetes:helm.sh/v3:Release";

    /** Objects that others need come first; the rest stays in the order of the plan. */
    private static final List<String> FIRST = List.of("CustomResourceDefinition", "Namespace");

    /** The users that make pods of Jobs: a controller's own, and the one that all share where they have none. */
    static final List<String> JOB_CONTROLLERS =
            List.of("system:serviceaccount:kube-system:job-controller", "system:kube-controller-manager");

    static final String DEPLOYMENT_CONTROLLER = "system:serviceaccount:kube-system:replicaset-controller";

    private final ApiServer server;
    private final List<Answer> answers = new ArrayList<>();

    StackCluster(Plan plan, Path directory) throws Exception {
        server = new ApiServer(directory);
        GkeObjects.addTo(client());
        var objects = objects(plan).stream().collect(Collectors.partitioningBy(StackCluster::isPolicy));
        for (var object : objects.get(false)) {
            answers.add(client().apply(object));
            if (Json.text(object, "kind").equals("ResourceQuota")) {
                startQuota(object);
            }
        }
        for (var release : plan.ofType(RELEASE)) {
            client().apply(controllerAccount(release));
        }
        var queues = objects.get(false).stream()
                .filter(StackCluster::isQueue)
                .map(queue -> Json.text(queue.getAsJsonObject("metadata"), "name"))
                .toList();
        for (var namespace : queues) {
            awaitQuota(namespace);
        }
        for (var policy : objects.get(true)) {
            answers.add(client().apply(policy));
        }
        for (var namespace : queues) {
            awaitPolicies(namespace);
        }
    }

    /** What the chart makes for the controller. */
    private static JsonObject controllerAccount(Registration release) {
        var account = Json.of(Map.of("apiVersion", "v1", "kind", "ServiceAccount"));
        var name = Inputs.text(release, "name") + "-controller";
        account.add("metadata", Json.of(Map.of("name", name, "namespace", Inputs.text(release, "namespace"))));
        return account;
    }

    /** Policies come last: whether quotas hold is tried with pods that they would refuse. */
    private static boolean isPolicy(JsonObject object) {
        return Json.text(object, "kind").startsWith("ValidatingAdmissionPolicy");
    }

    private static boolean isQueue(JsonObject object) {
        return Json.text(object, "kind").equals("Namespace")
                && Json.object(object.getAsJsonObject("metadata"), "labels").has("buildkite-fleet/queue");
    }

    private void awaitPolicies(String namespace) throws Exception {
        var pod = pod(namespace, "nobodys", "{image: any:1.0}");
        Eventually.holds(
                "pods of " + namespace + " are held to the policies",
                () -> client().tryToCreate(pod).message().contains("[made-by]"));
    }

    /** Runs a script of the fleet's whose kubectl talks to the server; no step of it takes longer than so long. */
    Run script(String script, String account, List<String> arguments, int stepSeconds)
            throws IOException, InterruptedException {
        var environment = Map.of("SIZE", "64Gi", "STEP_SECONDS", String.valueOf(stepSeconds), "POLL_SECONDS", "0.2");
        return server.run(script, account, arguments, environment);
    }

    ApiClient client() {
        return server.client();
    }

    /** What the server said of each object of the stack. */
    List<Answer> answers() {
        return List.copyOf(answers);
    }

    private static List<JsonObject> objects(Plan plan) {
        return plan.registrations().stream()
                .filter(StackCluster::isObject)
                .map(registration -> Inputs.revealed(registration.inputs()).getAsJsonObject())
                .map(StackCluster::knownPart)
                .sorted(Comparator.comparing(object -> !FIRST.contains(Json.text(object, "kind"))))
                .toList();
    }

    /** Without what only Google Cloud knows; no part that decides about a pod is among it. */
    private static JsonObject knownPart(JsonObject object) {
        var known = new JsonObject();
        object.asMap().forEach((key, value) -> {
            if (value instanceof JsonObject inner) {
                known.add(key, knownPart(inner));
            } else if (!PropertyValues.isUnknown(value)) {
                known.add(key, value);
            }
        });
        return known;
    }

    private static boolean isObject(Registration registration) {
        return registration.custom()
                && registration.type().startsWith("kubernetes:")
                && !registration.type().equals(RELEASE);
    }

    /** Says that nothing is used yet, as the controller of quotas does, and waits until pods are held to the quota. */
    private void startQuota(JsonObject quota) throws InterruptedException {
        var status = new JsonObject();
        var hard = quota.getAsJsonObject("spec").getAsJsonObject("hard");
        status.add("hard", hard);
        hard.keySet().forEach(resource -> Json.object(status, "used").addProperty(resource, "0"));
        client().setStatus(quota, status);
    }

    /** Waits until the server holds pods of a namespace to its quota, and gives containers their defaults. */
    private void awaitQuota(String namespace) throws Exception {
        var huge = pod(namespace, "huge", "{image: huge:1.0, resources: {requests: {cpu: 1M}}}");
        Eventually.holds(
                "pods of " + namespace + " are held to its quota",
                () -> client().tryToCreate(huge).message().contains("exceeded quota"));
    }

    /** The pod of a queue's controller, as Kubernetes makes it of the chart's Deployment. */
    static JsonObject controllerPod(Plan plan, Queue queue, String name) {
        var release = plan.find(RELEASE, "queue-" + queue.name() + "-release").orElseThrow();
        var pod = ControllerPod.template(knownPart(release.inputs()));
        pod.addProperty("apiVersion", "v1");
        pod.addProperty("kind", "Pod");
        var metadata = pod.getAsJsonObject("metadata");
        metadata.addProperty("name", name);
        metadata.addProperty("namespace", queue.namespace());
        metadata.getAsJsonObject("labels").addProperty("pod-template-hash", "5d8f");
        Json.list(metadata, "ownerReferences")
                .add(Json.of(Map.of(
                        "apiVersion",
                        "apps/v1",
                        "kind",
                        "ReplicaSet",
                        "name",
                        queue.release() + "-5d8f",
                        "uid",
                        "3b1c0b0e-0000",
                        "controller",
                        true)));
        return pod;
    }

    /** A pod of one container under the queue's service account. */
    static JsonObject pod(String namespace, String name, String container) {
        var pod = Json.of(Map.of("apiVersion", "v1", "kind", "Pod"));
        pod.add("metadata", Json.of(Map.of("name", name, "namespace", namespace)));
        var main = Json.parse(container).getAsJsonObject();
        main.addProperty("name", "main");
        var spec = Json.of(Map.of("serviceAccountName", "job"));
        Json.list(spec, "containers").add(main);
        pod.add("spec", spec);
        return pod;
    }

    @Override
    public void close() {
        server.close();
    }
}
