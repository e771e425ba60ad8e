package io.buildkitefleet.engine.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.apiserver.ApiClient;
import io.buildkitefleet.apiserver.Eventually;
import io.buildkitefleet.engine.EngineProject;
import io.buildkitefleet.engine.KubernetesHalf;
import io.buildkitefleet.engine.RunningJob;
import io.buildkitefleet.pods.StackController;
import io.buildkitefleet.pods.Step;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A local stack in a real cluster, under the real plugin: one that knows nothing of pools, by a context that is not the
 * current one.
 */
@Tag("engine")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalStackTest {
    private static final String CONTEXT = "kind-fleet";
    private static final String DEPLOYMENT =
            "/apis/apps/v1/namespaces/buildkite-local/deployments/local-agent-stack-k8s";

    @TempDir
    private static Path directory;

    private static KubernetesHalf fleet;

    @BeforeAll
    static void aFleetThatIsThere() throws Exception {
        fleet = new KubernetesHalf(directory, "local");
        fleet.cluster().addNode("laptop");
        useContext(CONTEXT);
        fleet.project().up().succeeded();
    }

    @AfterAll
    static void stopIt() {
        fleet.close();
    }

    @Test
    void upMakesEveryObjectOfThePlan() throws Exception {
        assertThat(uids().keySet()).isEqualTo(fleet.objects().names());
    }

    @Test
    void theControllerRunsOnANodeOfNoPool() throws Exception {
        assertThat(fleet.objects().unready(client())).isEmpty();
    }

    @Test
    void aJobRunsThereToo() throws Exception {
        var job = RunningJob.start(client(), fleet.preview().plan(), "local");

        assertThat(job.isRunning()).isTrue();
        job.end();
    }

    @Test
    void aJobThatChoosesItsNodeIsRefused() throws Exception {
        var controller = StackController.of(fleet.preview().plan(), "local");
        var job = controller.job(Step.PLAIN);
        var pod = Inputs.at(job, "spec", "template", "spec").orElseThrow().getAsJsonObject();
        pod.add("nodeSelector", Json.of(Map.of("kubernetes.io/hostname", "laptop")));

        assertThat(client().as(controller.user()).create(job).toString()).contains("[node]");
    }

    @Test
    void nothingOfGooglesIsMadeNorAsked() throws Exception {
        assertThat(fleet.project().cloud().resources()).isEmpty();
        assertThat(fleet.project().resources()).isNotEmpty().noneMatch(resource -> Json.text(resource, "type")
                .contains("gcp"));
        assertThat(fleet.project().file("programs/gke-gcloud-auth-plugin.logins"))
                .doesNotExist();
    }

    @Test
    void theTokenIsNowhereInClear() throws Exception {
        assertThat(fleet.project().state()).doesNotContain(EngineProject.AGENT_TOKEN);
    }

    @Test
    void aSecondUpChangesNothing() throws Exception {
        fleet.project()
                .pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")
                .succeeded();
    }

    @Test
    void aRefreshFindsNoDrift() throws Exception {
        fleet.project()
                .pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
                .succeeded();
    }

    @Test
    void aNewTokenRestartsTheControllerAndNothingElse() throws Exception {
        var before = uids();
        var generation = generation();
        fleet.project()
                .pulumi("config", "set", "--secret", "agentToken", "another-agent-token")
                .succeeded();
        fleet.project().up().succeeded();

        assertThat(uids()).isEqualTo(before);
        assertThat(generation()).isGreaterThan(generation);
        Eventually.holds(
                "it runs again", () -> fleet.objects().unready(client()).isEmpty());
    }

    @Test
    void aContextThatIsNotThereIsNotReplacedByTheCurrentOne() throws Exception {
        useContext("kind-other");
        try {
            assertThat(fleet.project()
                            .pulumi("refresh", "--yes", "--skip-preview")
                            .toString())
                    .contains("context \"kind-fleet\" does not exist");
        } finally {
            useContext(CONTEXT);
        }
    }

    @Test
    void withoutAKubeconfigNoClusterIsTaken() throws Exception {
        fleet.project().set("KUBECONFIG", directory.resolve("none.yaml").toString());
        try {
            assertThat(fleet.project()
                            .pulumi("refresh", "--yes", "--skip-preview")
                            .exitCode())
                    .isNotZero();
        } finally {
            useContext(CONTEXT);
        }
    }

    /** After all others, since nothing is left. */
    @Test
    @Order(Integer.MAX_VALUE)
    void destroyLeavesNothing() throws Exception {
        fleet.project().destroy().succeeded();

        assertThat(uids()).isEmpty();
        assertThat(client().list("/api/v1/namespaces").toString()).doesNotContain("buildkite-");
    }

    private static void useContext(String name) throws IOException {
        fleet.project().set("KUBECONFIG", fleet.cluster().kubeconfigWith(name).toString());
    }

    private static int generation() throws InterruptedException {
        return client().get(DEPLOYMENT)
                .getAsJsonObject("metadata")
                .get("generation")
                .getAsInt();
    }

    private static Map<String, String> uids() throws InterruptedException {
        return fleet.objects().uids(client());
    }

    private static ApiClient client() {
        return fleet.cluster().client();
    }
}
