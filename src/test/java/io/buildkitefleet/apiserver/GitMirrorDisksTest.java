package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.apiserver.StorageStandIn.Fault;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pods.StackController;
import io.buildkitefleet.pods.Step;
import io.buildkitefleet.pods.Steps;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The disks of git mirrors under a real API server: what the script does with the rights that its service account has,
 * and which pods get what it makes. Each test has a queue of its own.
 */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PreviewedStacks.Extension.class)
class GitMirrorDisksTest {
    private static final String STATE = "buildkite-fleet/state";

    private StackPreview stack;
    private StackCluster cluster;

    @BeforeAll
    void startServer(PreviewedStacks previews, @TempDir Path directory) throws Exception {
        stack = previews.full();
        cluster = new StackCluster(stack.plan(), directory.resolve("cluster"));
    }

    @AfterAll
    void stopServer() {
        cluster.close();
    }

    @Test
    void theFirstRunMakesADiskThatManyPodsRead() throws Exception {
        var namespace = "buildkite-big";

        assertThat(refresh(namespace)).matches(Run::succeeded);

        assertThat(claims(namespace)).singleElement().satisfies(claim -> {
            assertThat(name(claim)).isEqualTo(inUse(namespace));
            assertThat(state(claim)).isEqualTo("ready");
            assertThat(text(claim, "spec", "accessModes", 0)).isEqualTo("ReadOnlyMany");
            assertThat(text(claim, "spec", "storageClassName")).isEqualTo("git-mirrors-us-west1-a");
            assertThat(text(claim, "spec", "resources", "requests", "storage")).isEqualTo("64Gi");
            assertThat(text(claim, "spec", "dataSource", "name")).isEqualTo(inUse(namespace));
        });
        assertThat(snapshots(namespace)).singleElement().satisfies(snapshot -> assertThat(state(snapshot))
                .isEqualTo("ready"));
        assertThat(jobs(namespace)).isEmpty();
    }

    @Test
    void aDiskThatWasReplacedGoesWhenNoPodUsesIt() throws Exception {
        var namespace = "buildkite-small";
        assertThat(refresh(namespace)).matches(Run::succeeded);
        var first = inUse(namespace);
        var reader = StackController.of(stack.plan(), "small").pod(Step.PLAIN);
        reader.getAsJsonObject("metadata").addProperty("name", "reader");
        awaitDisk(reader);
        assertThat(kubernetes().create(reader).isAccepted()).isTrue();

        assertThat(refresh(namespace)).matches(Run::succeeded);
        assertThat(inUse(namespace)).isGreaterThan(first);
        assertThat(states(namespace)).containsExactly("expired", "ready");
        assertThat(snapshots(namespace)).hasSize(1);

        assertThat(refresh(namespace)).matches(Run::succeeded);
        assertThat(names(namespace)).as("with a pod that reads it").contains(first);

        cluster.client().delete("/api/v1/namespaces/" + namespace + "/pods/reader?gracePeriodSeconds=0");
        assertThat(refresh(namespace)).matches(Run::succeeded);
        assertThat(names(namespace)).doesNotContain(first).contains(inUse(namespace));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whateverFailsTheLastDiskStaysAndTheNextRunClearsUp(Fault fault) throws Exception {
        var namespace = "buildkite-deploy";
        if (!states(namespace).contains("ready")) {
            // Otherwise there is the one that came after the fault before.
            assertThat(refresh(namespace)).matches(Run::succeeded);
        }
        var last = inUse(namespace);

        assertThat(refresh(namespace, fault)).matches(run -> !run.succeeded(), "has failed");

        assertThat(inUse(namespace)).isEqualTo(last);
        assertThat(claims(namespace))
                .filteredOn(claim -> name(claim).equals(last))
                .extracting(GitMirrorDisksTest::state)
                .containsExactly("ready");

        assertThat(refresh(namespace)).matches(Run::succeeded);
        assertThat(inUse(namespace)).isGreaterThan(last);
        assertThat(states(namespace)).doesNotContain("making").containsOnlyOnce("ready");
        assertThat(snapshots(namespace)).hasSize(1);
        assertThat(jobs(namespace)).isEmpty();
    }

    @Test
    void whatFailsForOneQueueIsDoneForTheNext() throws Exception {
        var namespace = "buildkite-images";

        assertThat(run(namespace, 20, "buildkite-untrusted=x", namespace + "=git-mirrors-us-west1-a"))
                .as("its exit status tells of the first")
                .matches(run -> !run.succeeded(), "has failed");

        assertThat(inUse(namespace)).startsWith("git-mirrors-");
        assertThat(claims("buildkite-untrusted")).isEmpty();
    }

    @Test
    void newJobsGetTheDiskOnceThereIsOneAndCloneUntilThen() throws Exception {
        var namespace = "buildkite-gpu";
        var controller = StackController.of(stack.plan(), "gpu");
        var queue = stack.fleet().queues().stream()
                .filter(each -> each.name().equals("gpu"))
                .findFirst()
                .orElseThrow();
        for (var step : Steps.of(queue)) {
            assertThat(mirrors(controller.pod(step))).as("before, %s", step).contains("emptyDir");
        }

        assertThat(refresh(namespace)).matches(Run::succeeded);

        var claim = "{\"name\":\"git-mirrors\",\"persistentVolumeClaim\":{\"claimName\":\"" + inUse(namespace)
                + "\",\"readOnly\":true}}";
        awaitDisk(controller.pod(Step.PLAIN));
        for (var step : Steps.of(queue)) {
            assertThat(mirrors(controller.pod(step))).as("after, %s", step).isEqualTo(claim);
        }
    }

    @Test
    void untrustedPodsGetNoneWhateverTheyAskFor() throws Exception {
        var pod = StackController.of(stack.plan(), "untrusted").pod(Step.PLAIN);
        Json.list(pod.getAsJsonObject("spec"), "volumes").add(Json.parse("{name: git-mirrors, emptyDir: {}}"));
        var pointer = Json.parse("""
                {apiVersion: v1, kind: ConfigMap, data: {claim: any},
                 metadata: {name: git-mirrors, namespace: buildkite-untrusted}}
                """).getAsJsonObject();
        assertThat(cluster.client().apply(pointer).isAccepted()).isTrue();

        assertThat(kubernetes().tryToCreate(pod).message()).contains("[volumes]");
    }

    private void awaitDisk(JsonObject pod) throws Exception {
        Eventually.holds(
                "a new pod gets the disk that is in use", () -> !mirrors(pod).contains("emptyDir"));
    }

    /** Who makes the pods of Jobs. */
    private ApiClient kubernetes() {
        return cluster.client().as(StackCluster.JOB_CONTROLLERS.get(0));
    }

    /** The volume of a pod as the server would store it. */
    private String mirrors(JsonObject pod) throws Exception {
        var answer = kubernetes().tryToCreate(pod);
        assertThat(answer.isAccepted()).as(answer.toString()).isTrue();
        return Json.list(answer.body().getAsJsonObject("spec"), "volumes").asList().stream()
                .filter(volume -> text(volume, "name").equals("git-mirrors"))
                .map(JsonElement::toString)
                .findFirst()
                .orElseThrow();
    }

    private Run refresh(String namespace, Fault... faults) throws Exception {
        var zone = stack.fleet().mirrorDisks().orElseThrow().zonesByNamespace().get(namespace);
        return run(namespace, faults.length == 0 ? 20 : 2, namespace + "=git-mirrors-" + zone, faults);
    }

    private Run run(String namespace, int seconds, String queue, Fault... faults) throws Exception {
        return run(namespace, seconds, List.of(queue), faults);
    }

    private Run run(String namespace, int seconds, String queue, String other) throws Exception {
        return run(namespace, seconds, List.of(queue, other));
    }

    private Run run(String namespace, int seconds, List<String> queues, Fault... faults)
            throws IOException, InterruptedException {
        var account = "system:serviceaccount:" + MirrorDisks.NAMESPACE + ":git-mirrors-refresh";
        return new StorageStandIn(cluster.client(), namespace, faults)
                .during(() -> cluster.script("src/main/resources/git-mirrors/refresh", account, queues, seconds));
    }

    private String inUse(String namespace) throws Exception {
        return text(
                cluster.client().get("/api/v1/namespaces/" + namespace + "/configmaps/git-mirrors"), "data", "claim");
    }

    /** All that the script makes, the oldest first. */
    private List<JsonObject> claims(String namespace) throws Exception {
        return cluster.client().list("/api/v1/namespaces/" + namespace + "/persistentvolumeclaims").stream()
                .filter(claim -> !state(claim).isEmpty())
                .toList();
    }

    private List<JsonObject> snapshots(String namespace) throws Exception {
        return cluster.client().list("/apis/snapshot.storage.k8s.io/v1/namespaces/" + namespace + "/volumesnapshots");
    }

    private List<JsonObject> jobs(String namespace) throws Exception {
        return cluster.client().list("/apis/batch/v1/namespaces/" + namespace + "/jobs");
    }

    private List<String> names(String namespace) throws Exception {
        return claims(namespace).stream().map(claim -> name(claim)).toList();
    }

    private List<String> states(String namespace) throws Exception {
        return claims(namespace).stream().map(GitMirrorDisksTest::state).toList();
    }

    private static String state(JsonObject object) {
        return text(object, "metadata", "labels", STATE);
    }

    private static String name(JsonObject object) {
        return text(object, "metadata", "name");
    }

    private static String text(JsonElement value, Object... steps) {
        return Inputs.at(value, steps).map(JsonElement::getAsString).orElse("");
    }
}
