package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The namespaces in which the fleet keeps cache servers and what makes disks of git mirrors: a real API server takes
 * the pods of those, and of whoever runs the cluster nothing else.
 */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PreviewedStacks.Extension.class)
class OwnNamespacesTest {
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/buildkite-caches/deployments/";
    private static final String REFRESH = "/apis/batch/v1/namespaces/buildkite-mirrors/cronjobs/git-mirrors-refresh";

    /** Each user of Kubernetes that may make pods of something. */
    private static final List<String> CONTROLLERS = List.of(
            "system:serviceaccount:kube-system:job-controller",
            "system:serviceaccount:kube-system:replicaset-controller");

    private static final String INIT =
            "[{name: before, image: 'other:1.0', securityContext: {allowPrivilegeEscalation: "
                    + "false, capabilities: {drop: [ALL]}}}]";

    private StackCluster cluster;

    @BeforeAll
    void startServer(PreviewedStacks previews, @TempDir Path directory) throws Exception {
        cluster = new StackCluster(previews.full().plan(), directory.resolve("cluster"));
        for (var owner : List.of(DEPLOYMENTS + "bazel", REFRESH)) {
            Eventually.holds(
                    "policies hold",
                    () -> !cluster.client().tryToCreate(pod(owner)).isAccepted());
        }
    }

    @AfterAll
    void stopServer() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {DEPLOYMENTS + "bazel", DEPLOYMENTS + "go", REFRESH})
    void whatTheFleetKeepsThereRuns(String owner) throws Exception {
        for (var controller : List.of(controllerOf(owner), "system:kube-controller-manager")) {
            var answer = cluster.client().as(controller).tryToCreate(pod(owner));
            assertThat(answer.isAccepted()).as(answer.toString()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DEPLOYMENTS + "bazel", DEPLOYMENTS + "go", REFRESH})
    void nobodyElseRunsIt(String owner) throws Exception {
        assertThat(cluster.client().tryToCreate(pod(owner)).message()).contains("[made-by]");
    }

    @ParameterizedTest
    @ValueSource(strings = REFRESH)
    void aPersonMayAskForADiskAtOnce(String owner) throws Exception {
        var job = Json.parse("{apiVersion: batch/v1, kind: Job, metadata: {name: now, namespace: buildkite-mirrors}}")
                .getAsJsonObject();
        job.add(
                "spec",
                cluster.client()
                        .get(owner)
                        .getAsJsonObject("spec")
                        .getAsJsonObject("jobTemplate")
                        .get("spec"));
        var answer = cluster.client().tryToCreate(job);
        assertThat(answer.isAccepted()).as(answer.toString()).isTrue();
    }

    static Stream<Arguments> changes() {
        return Stream.of(DEPLOYMENTS + "bazel", DEPLOYMENTS + "go", REFRESH)
                .flatMap(owner -> Stream.of(
                        Arguments.of(owner, "nodeSelector", "{buildkite-fleet/pool: big}", "[pod]"),
                        Arguments.of(owner, "nodeName", "gke-1", "[pod]"),
                        Arguments.of(owner, "tolerations", "[{operator: Exists}]", "[pod]"),
                        Arguments.of(owner, "containers.0.image", "other:1.0", "[container]"),
                        Arguments.of(owner, "containers.0.command", "[sh, -c, id]", "[container]"),
                        Arguments.of(
                                owner, "containers.0.lifecycle", "{preStop: {exec: {command: [id]}}}", "[container]"),
                        Arguments.of(
                                owner,
                                "containers.0.env.0",
                                "{name: A, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}",
                                "[container]"),
                        Arguments.of(owner, "initContainers", INIT, "[pod]"),
                        Arguments.of(owner, "volumes.0", "{secret: {secretName: agent-token}}", "[volumes]")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void nothingOfItIsAnotherWay(String owner, String path, String yaml, String rule) throws Exception {
        var pod = pod(owner);
        var value = path.equals("nodeName") ? new JsonPrimitive(yaml) : Json.parse(yaml);
        if (path.equals("volumes.0")) {
            var volumes = pod.getAsJsonObject("spec").getAsJsonArray("volumes");
            value.getAsJsonObject().add("name", volumes.get(0).getAsJsonObject().get("name"));
        }
        set(pod.getAsJsonObject("spec"), path, value);
        var answer = cluster.client().as(controllerOf(owner)).tryToCreate(pod);
        assertThat(answer.isAccepted()).as(answer.toString()).isFalse();
        assertThat(answer.message()).contains(rule);
    }

    private static String controllerOf(String owner) {
        return CONTROLLERS.get(owner.equals(REFRESH) ? 0 : 1);
    }

    /** As a controller of Kubernetes makes it. */
    private JsonObject pod(String owner) throws InterruptedException {
        var object = cluster.client().get(owner);
        var spec = object.getAsJsonObject("spec");
        if (spec.has("jobTemplate")) {
            spec = spec.getAsJsonObject("jobTemplate").getAsJsonObject("spec");
        }
        var pod = spec.getAsJsonObject("template").deepCopy();
        pod.addProperty("apiVersion", "v1");
        pod.addProperty("kind", "Pod");
        var metadata = Json.object(pod, "metadata");
        metadata.addProperty("name", "one");
        metadata.addProperty("namespace", Json.text(object.getAsJsonObject("metadata"), "namespace"));
        return pod;
    }

    private static void set(JsonObject spec, String path, JsonElement value) {
        JsonElement place = spec;
        var steps = path.split("\\.");
        for (int i = 0; i < steps.length - 1; i++) {
            place = place.isJsonArray()
                    ? place.getAsJsonArray().get(Integer.parseInt(steps[i]))
                    : place.getAsJsonObject().get(steps[i]);
        }
        var last = steps[steps.length - 1];
        if (place.isJsonArray()) {
            place.getAsJsonArray().set(Integer.parseInt(last), value);
        } else {
            place.getAsJsonObject().add(last, value);
        }
    }
}
