package io.buildkitefleet.engine;

import com.google.gson.JsonObject;
import io.buildkitefleet.apiserver.ApiClient;
import io.buildkitefleet.apiserver.Eventually;
import io.buildkitefleet.pods.StackController;
import io.buildkitefleet.pods.Step;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.testing.Json;
import java.util.Optional;

/** A job of a queue that runs in a real cluster until the test ends it. */
public final class RunningJob {
    private static final String JOB_LABEL = "batch.kubernetes.io/job-name";

    private final ApiClient cluster;
    private final String namespace;
    private final String name;

    private RunningJob(ApiClient cluster, String namespace, String name) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.name = name;
    }

    /** Starts one as the controller of the queue does, and waits until it runs. */
    public static RunningJob start(ApiClient cluster, Plan plan, String queue) throws InterruptedException {
        var controller = StackController.of(plan, queue);
        var object = controller.job(Step.PLAIN);
        cluster.as(controller.user()).add(object);
        var job =
                new RunningJob(cluster, controller.namespace(), Json.text(object.getAsJsonObject("metadata"), "name"));
        Eventually.holds("the job of queue " + queue + " runs", job::isRunning);
        return job;
    }

    public boolean isRunning() throws InterruptedException {
        return pod().filter(
                        pod -> Json.text(pod.getAsJsonObject("status"), "phase").equals("Running"))
                .isPresent();
    }

    /** It is done, and then as much time passes as it is kept for whoever wants to look at it. */
    public void end() throws InterruptedException {
        var pod = Json.text(pod().orElseThrow().getAsJsonObject("metadata"), "name");
        cluster.merge(pods() + "/" + pod + "/status", "{status: {phase: Succeeded}}");
        cluster.merge(
                "/apis/batch/v1/namespaces/" + namespace + "/jobs/" + name, "{spec: {ttlSecondsAfterFinished: 0}}");
    }

    private Optional<JsonObject> pod() throws InterruptedException {
        return cluster.list(pods() + "?labelSelector=" + JOB_LABEL + "=" + name).stream()
                .findFirst();
    }

    private String pods() {
        return "/api/v1/namespaces/" + namespace + "/pods";
    }
}
