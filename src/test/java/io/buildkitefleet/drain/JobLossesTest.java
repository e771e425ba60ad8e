package io.buildkitefleet.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import io.buildkitefleet.testing.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which queues lose jobs by an update. */
class JobLossesTest {
    private final PreviewedSteps steps = new PreviewedSteps();

    @Test
    void byNothingNoneDo() {
        assertThat(steps.losses().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "replace", "create-replacement", "delete-replaced"})
    void thoseOfAPoolWhoseNodesGoDo(String operation) {
        assertThat(steps.nodes(operation, "big").losses().reasons()).containsOnlyKeys("big", "huge");
    }

    @Test
    void thoseOfAPoolWhoseNodesAreMadeAnewInPlaceDo() {
        assertThat(steps.nodes("update", "light", "autoscaling.totalMaxNodeCount", "nodeConfig.machineType")
                        .losses()
                        .reasons())
                .containsOnlyKeys("light")
                .extractingByKey("light")
                .asString()
                .contains("the nodes of pool light are made anew (nodeConfig.machineType)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "autoscaling.totalMaxNodeCount",
                "management.autoRepair",
                "upgradeSettings.maxSurge",
                "nodeDrainConfigs[0].respectPdbDuringNodePoolDeletion",
                "nodeConfig.labels[\"team\"]",
                "nodeConfig.taints[0].key"
            })
    void anUpdateThatLeavesTheNodesLosesNoJob(String input) {
        assertThat(steps.nodes("update", "big", input).losses().isEmpty()).isTrue();
    }

    /** Which of a node's inputs differ is not said: then it may be any. */
    @Test
    void anUpdateOfNodesOfWhichLittleIsSaidLosesThem() {
        steps.nodes("update", "big");
        steps.last().add("detailedDiff", JsonNull.INSTANCE);
        steps.last().add("diffReasons", Json.parse("[nodeConfig]"));
        assertThat(steps.losses().reasons()).containsOnlyKeys("big", "huge");
    }

    @Test
    void thePoolOfTheControllersHasNoJobs() {
        assertThat(steps.nodes("replace", "system").losses().isEmpty()).isTrue();
    }

    @Test
    void allDoWhenTheClusterGoes() {
        assertThat(steps.cluster("replace").losses().reasons()).containsOnlyKeys("big", "huge", "light");
        assertThat(new PreviewedSteps().cluster("update").losses().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compute/network:Network",
                "compute/subnetwork:Subnetwork",
                "compute/router:Router",
                "compute/routerNat:RouterNat",
                "compute/address:Address",
                "storage/bucket:Bucket",
                "artifactregistry/repository:Repository",
                "kms/keyRing:KeyRing",
                "kms/cryptoKey:CryptoKey",
                "kms/cryptoKeyVersion:CryptoKeyVersion"
            })
    void allDoWhenWhatTheyShareGoes(String type) {
        assertThat(steps.google("replace", type, "shared").losses().reasons())
                .containsOnlyKeys("big", "huge", "light")
                .extractingByKey("light")
                .asString()
                .contains("is replaced (shared)");
        assertThat(new PreviewedSteps()
                        .google("update", type, "shared")
                        .losses()
                        .isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compute/firewall:Firewall",
                "projects/service:Service",
                "secretmanager/secret:Secret",
                "secretmanager/secretVersion:SecretVersion",
                "iam/workloadIdentityPool:WorkloadIdentityPool"
            })
    void noneDoesWhenWhatNoRunningJobUsesGoes(String type) {
        assertThat(steps.google("delete", type, "other").losses().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minMasterVersion",
                "nodeVersion",
                "releaseChannel.channel",
                "nodePoolDefaults.nodeConfigDefaults.loggingVariant",
                "addonsConfig.gcsFuseCsiDriverConfig.enabled"
            })
    void allMayWhenTheClusterIsChanged(String input) {
        assertThat(steps.cluster("update", "resourceLabels.team", input)
                        .losses()
                        .reasons())
                .containsOnlyKeys("big", "huge", "light")
                .extractingByKey("light")
                .asString()
                .contains("the cluster is changed (" + input + ")");
        assertThat(new LossReader(steps.all()).readStops().isEmpty())
                .as("a job of the fleet may run it")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deletionProtection",
                "resourceLabels.team",
                "maintenancePolicy.recurringWindow.startTime",
                "masterAuthorizedNetworksConfig.cidrBlocks[0].cidrBlock"
            })
    void noneDoesWhenTheClusterChangesForOthers(String input) {
        assertThat(steps.cluster("update", input).losses().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "gcp:serviceaccount/account:Account,buildkite-fleet:gcp:NodeIdentity,nodes",
        "kubernetes:apps/v1:Deployment,buildkite-fleet:kubernetes:BuildCache,cache-servers-bazel",
        "kubernetes:core/v1:Namespace,buildkite-fleet:kubernetes:BuildCaches,cache-servers"
    })
    void allDoWhenAPartOfWhatServesThemGoes(String type, String componentType, String component) {
        assertThat(steps.part("delete", type, componentType, component).losses().reasons())
                .containsOnlyKeys("big", "huge", "light");
    }

    @Test
    void oneThatMayNoLongerDeployDoes() {
        var type = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
        var access = "buildkite-fleet:kubernetes:DeployAccess";
        assertThat(steps.part("delete", type, access, "queue-light-deploy")
                        .losses()
                        .reasons())
                .containsOnlyKeys("light");
        assertThat(new PreviewedSteps()
                        .part("delete", type, "buildkite-fleet:kubernetes:DebugAccess", "queue-light-debug")
                        .losses()
                        .isEmpty())
                .isTrue();
    }

    /** Its job could not end either. */
    @Test
    void aJobThatWouldCutItselfOffMustNotRunTheUpdate() {
        steps.google("replace", "compute/routerNat:RouterNat", "network-nat");
        assertThat(new LossReader(steps.all()).readStops().reasons()).containsOnlyKeys("big", "huge", "light");
    }

    @Test
    void oneWhoseNamespaceGoesDoes() {
        assertThat(steps.namespace("delete", "light").losses().reasons().get("light"))
                .containsExactly("its namespace is deleted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes:core/v1:ServiceAccount",
                "kubernetes:core/v1:PersistentVolumeClaim",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy"
            })
    void oneWhoseRunningPodsUseWhatGoesDoes(String type) {
        assertThat(steps.object("replace", type, "light").losses().reasons()).containsOnlyKeys("light");
        assertThat(new PreviewedSteps().object("update", type, "light").losses().isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes:core/v1:ResourceQuota",
                "kubernetes:core/v1:LimitRange",
                "kubernetes:core/v1:ConfigMap",
                "kubernetes:policy/v1:PodDisruptionBudget"
            })
    void oneThatLosesWhatIsForPodsThatComeDoesNot(String type) {
        assertThat(steps.object("replace", type, "light").losses().isEmpty()).isTrue();
    }

    @Test
    void oneWhoseJobsBecomeNobodyToGoogleDoes() {
        assertThat(steps.identity("replace", "big").losses().reasons().get("big"))
                .containsExactly("its identity in Google Cloud is replaced");
        assertThat(new PreviewedSteps().identity("delete", "cache").losses().isEmpty())
                .as("an identity that is no queue's")
                .isTrue();
    }

    @Test
    void oneWhoseControllerStartsAgainDoesNot() {
        var losses = steps.release("update", "light").losses();
        assertThat(losses.isEmpty()).isTrue();
        assertThat(losses.restarted()).containsExactly("light");
    }

    @Test
    void aControllerOfAQueueThatLosesJobsIsNotToldApart() {
        assertThat(steps.release("delete", "light")
                        .namespace("delete", "light")
                        .losses()
                        .restarted())
                .isEmpty();
    }

    @Test
    void whatStaysAfterItsDeletionLosesNoJob() {
        steps.nodes("delete", "big");
        steps.last().getAsJsonObject("oldState").addProperty("retainOnDelete", true);
        assertThat(steps.losses().isEmpty()).isTrue();
    }

    /** A first update that failed leaves no outputs, so that nobody knows which pool a queue is on. */
    @Test
    void withoutOutputsAnyPoolMayBeAnyQueues() {
        steps.json()
                .getAsJsonObject()
                .getAsJsonArray("steps")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("oldState")
                .remove("outputs");
        assertThat(steps.nodes("delete", "light").losses().reasons()).containsOnlyKeys("big", "huge", "light");
    }

    @Test
    void whatIsNoPreviewIsRefused() {
        assertThatThrownBy(() -> JobLosses.of(new JsonArray())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JobLosses.of(Json.parse("{}"))).isInstanceOf(IllegalArgumentException.class);
    }
}
