package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.apiserver.ApiClient;
import io.buildkitefleet.apiserver.Eventually;
import io.buildkitefleet.testing.Inputs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
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
 * What becomes of a fleet's objects in a real cluster, under the real plugin. All is asked of the cluster's API server:
 * a state may say what is not so.
 */
@Tag("engine")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KubernetesHalfTest {
    private static final String LIGHT_POOL =
            "      light: {machineType: n1-standard-1, capacity: preemptible, max: 4}\n";
    private static final String LIGHT_QUEUE = "      light: {pool: light}\n";
    private static final String EXTRA_POOL = "      extra: {machineType: e2-standard-2, max: 2}\n";
    private static final String EXTRA_QUEUE = "      extra: {pool: extra}\n";
    private static final String NETWORKS = "      authorizedNetworks: [{cidr: 203.0.113.0/24, name: office}]\n";
    private static final String NAMED = "      dnsEndpoint: true\n";
    private static final String IMPERSONATE = "gcp:impersonateServiceAccount";
    private static final String DEPLOYMENT =
            "/apis/apps/v1/namespaces/buildkite-extra/deployments/extra-agent-stack-k8s";
    private static final String CLAIM = "/persistentvolumeclaims/git-mirrors";

    private static final Map<String, String> STACK = Map.of("STACK", "dev");

    @TempDir
    private static Path directory;

    private static KubernetesHalf fleet;

    @BeforeAll
    static void aFleetThatIsThere() throws Exception {
        fleet = new KubernetesHalf(directory, "dev");
        fleet.project().up().succeeded();
    }

    @AfterAll
    static void stopIt() {
        fleet.close();
    }

    @Test
    void upMakesEveryObjectOfThePlan() throws Exception {
        assertThat(fleet.objects().uids(fleet.cluster().client()).keySet())
                .isEqualTo(fleet.objects().names());
    }

    @Test
    void theControllerOfEveryQueueRuns() throws Exception {
        assertThat(fleet.objects().unready(fleet.cluster().client())).isEmpty();
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
    void aNewAgentTokenReachesEveryQueueWhoseSecretIsNeverAway() throws Exception {
        var before = uids();
        setAgentToken("another-agent-token");
        fleet.project().up().succeeded();
        assertThat(uids()).isEqualTo(before);
        for (var queue : List.of("big", "light")) {
            var secret = client().get("/api/v1/namespaces/buildkite-" + queue + "/secrets/agent-token");
            assertThat(Inputs.at(secret, "data", "BUILDKITE_AGENT_TOKEN"))
                    .map(value -> new String(Base64.getDecoder().decode(value.getAsString()), StandardCharsets.UTF_8))
                    .contains("another-agent-token");
        }
        assertThat(fleet.objects().unready(client())).isEmpty();
    }

    @Test
    void aQueueIsAddedAndWhenItGoesItsJobEndsFirstInsideOfItsBorder() throws Exception {
        var before = uids();
        fleet.project().edit(LIGHT_POOL, LIGHT_POOL + EXTRA_POOL);
        fleet.project().edit(LIGHT_QUEUE, LIGHT_QUEUE + EXTRA_QUEUE);
        var plan = fleet.preview().plan();
        fleet.cluster().addNodes(plan);
        fleet.project().up().succeeded();
        var job = RunningJob.start(client(), plan, "extra");

        fleet.project().edit(EXTRA_POOL, "");
        fleet.project().edit(EXTRA_QUEUE, "");
        var up = fleet.project().start("up", "--yes", "--skip-preview");
        Eventually.holds("the controller of the queue is gone", () -> !isThere(DEPLOYMENT));
        Eventually.holds("the claim waits for the job", () -> isLeaving("/api/v1/namespaces/buildkite-extra" + CLAIM));
        assertThat(job.isRunning()).isTrue();
        assertThat(isThere("/apis/networking.k8s.io/v1/namespaces/buildkite-extra/networkpolicies/deny-all"))
                .isTrue();
        job.end();

        up.end().succeeded();
        assertThat(isThere("/api/v1/namespaces/buildkite-extra")).isFalse();
        assertThat(isThere("/api/v1/persistentvolumes/buildkite-extra-git-mirrors"))
                .isFalse();
        assertThat(uids()).isEqualTo(before);
    }

    @Test
    void anEndpointThatIsAnotherOneAfterwardsReplacesNothingAfterTheStepsOfTheRunbook() throws Exception {
        var before = uids();
        fleet.cluster().move();
        assertThat(fleet.project().pulumi("refresh", "--yes", "--skip-preview").exitCode())
                .isNotZero();

        Runbook.section("The cluster has another endpoint").runIn(fleet.project(), STACK);
        assertThat(uids()).isEqualTo(before);
        fleet.project()
                .pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
                .succeeded();
    }

    @Test
    void aClusterThatGetsANameIsReachedByItWithoutItsOwnAuthority() throws Exception {
        var before = uids();
        fleet.project().edit(NETWORKS, NETWORKS + NAMED);
        try {
            fleet.project().up().succeeded();
            assertThat(fleet.project()
                            .pulumi("refresh", "--yes", "--skip-preview")
                            .toString())
                    .contains("certificate signed by unknown authority");

            // The authorities that everybody trusts, of which the stand-in's is one here.
            fleet.project().set("SSL_CERT_FILE", fleet.cluster().certificate().toString());
            setAgentToken("a-token-by-another-way");
            fleet.project().up().succeeded();
            assertThat(uids()).isEqualTo(before);
        } finally {
            fleet.project().edit(NAMED, "");
            fleet.project().up();
        }
    }

    @Test
    void theClusterIsAskedAsTheServiceAccountOfTheStack() throws Exception {
        var account = "up@acme-ci-dev.iam.gserviceaccount.com";
        fleet.project().pulumi("config", "set", IMPERSONATE, account).succeeded();
        setAgentToken("a-token-set-by-a-service-account");
        fleet.project().up().succeeded();

        assertThat(Files.readAllLines(fleet.project().file("programs/gke-gcloud-auth-plugin.logins")))
                .last()
                .isEqualTo("--impersonate_service_account=" + account);
        fleet.project().pulumi("config", "rm", IMPERSONATE).succeeded();
    }

    @Test
    void aReleaseThatAKilledUpLeftIsStuckUntilTheStepsOfTheRunbook() throws Exception {
        var before = uids();
        setAgentToken("a-token-that-comes-late");
        fleet.cluster().setSchedulable("pool-system-nodes", false);
        var up = fleet.project().start("up", "--yes", "--skip-preview");
        Eventually.holds("the releases of both queues are pending", () -> pendingReleases() == 2);
        up.kill();
        fleet.cluster().setSchedulable("pool-system-nodes", true);
        fleet.project().pulumi("cancel", "--yes").succeeded();
        assertThat(fleet.project().up().toString())
                .contains("another operation (install/upgrade/rollback) is in progress");

        useKubectl();
        Runbook.section("A release is stuck").runIn(fleet.project(), STACK);
        assertThat(pendingReleases()).isZero();
        assertThat(uids()).isEqualTo(before);
        assertThat(fleet.objects().unready(client())).isEmpty();
    }

    /** A controller that does not heed a pause. */
    @Test
    void theControllerOfAQueueThatGoesOnIsStoppedAndStartedByTheStepsOfTheRunbook() throws Exception {
        var controller = "/apis/apps/v1/namespaces/buildkite-light/deployments/light-agent-stack-k8s";
        var before = generation(controller);
        useKubectl();
        Runbook.section("A queue that goes on").runIn(fleet.project(), Map.of("QUEUE", "light"));

        assertThat(generation(controller)).as("it was stopped, and started").isEqualTo(before + 2);
        assertThat(client().get(controller)
                        .getAsJsonObject("spec")
                        .get("replicas")
                        .getAsInt())
                .isEqualTo(1);
        Eventually.holds(
                "it runs again", () -> fleet.objects().unready(client()).isEmpty());
    }

    private static int generation(String path) throws InterruptedException {
        return client().get(path).getAsJsonObject("metadata").get("generation").getAsInt();
    }

    /** After all others, since nothing is left. */
    @Test
    @Order(Integer.MAX_VALUE)
    void destroyEndsWhenTheJobsDoAndLeavesNothing() throws Exception {
        RunningJob.start(client(), fleet.preview().plan(), "light");
        var destroy = fleet.project().start("destroy", "--yes");
        Eventually.holds("the claim waits for the job", () -> isLeaving("/api/v1/namespaces/buildkite-light" + CLAIM));
        useKubectl();
        Runbook.section("A queue goes while its jobs run").runIn(fleet.project(), Map.of("QUEUE", "light"));

        destroy.end().succeeded();
        assertThat(uids()).isEmpty();
        assertThat(client().list("/api/v1/namespaces").toString()).doesNotContain("buildkite-");
    }

    private static void useKubectl() throws Exception {
        fleet.project().set("KUBECONFIG", fleet.cluster().kubeconfig().toString());
    }

    private static int pendingReleases() throws InterruptedException {
        return client().list("/api/v1/secrets?labelSelector=owner%3Dhelm,status%3Dpending-upgrade")
                .size();
    }

    private static void setAgentToken(String value) throws InterruptedException {
        fleet.project().pulumi("config", "set", "--secret", "agentToken", value).succeeded();
    }

    private static boolean isThere(String path) throws InterruptedException {
        return client().isServed(path);
    }

    private static boolean isLeaving(String path) throws InterruptedException {
        return client().get(path).getAsJsonObject("metadata").has("deletionTimestamp");
    }

    private static Map<String, String> uids() throws InterruptedException {
        return fleet.objects().uids(client());
    }

    private static ApiClient client() {
        return fleet.cluster().client();
    }
}
