package io.buildkitefleet.engine.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.engine.google.Answer.Default;
import io.buildkitefleet.engine.google.Answer.Is;
import io.buildkitefleet.engine.provider.Values;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.testing.ProviderFields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of what Google answers, and what is made of it. */
class GoogleAnswersTest {
    private static final GoogleAnswers POOLS = GoogleAnswers.of("gcp:container/nodePool:NodePool");
    private static final GoogleAnswers CLUSTERS = GoogleAnswers.of("gcp:container/cluster:Cluster");

    @ParameterizedTest
    @EnumSource
    void everyComputedFieldHasARow(GoogleType type) {
        var answers = GoogleAnswers.of(type.token());
        var fields = ProviderFields.byType().get(type.terraformName().orElseThrow());

        assertThat(fields.entrySet().stream()
                        .filter(field -> field.getValue().contains("C"))
                        .map(Map.Entry::getKey)
                        .filter(answers::isSilentOn))
                .as("computed fields of %s without a row in google-answers.yaml", type.token())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyRowIsOfAFieldThatTheProviderHas(GoogleType type) {
        assertThat(GoogleAnswers.of(type.token()).rows().stream()
                        .map(Answer::path)
                        .filter(path -> !path.endsWith("]"))
                        .filter(path -> depth(ProviderFields.placeOf(type.token(), path))
                                != depth(path.replaceFirst("\\.goog-.*", ""))))
                .as("rows of %s for which the provider has no field", type.token())
                .isEmpty();
    }

    private static int depth(String path) {
        return path.isEmpty() ? 0 : path.split("\\.").length;
    }

    @ParameterizedTest
    @EnumSource
    void everyRowHasASource(GoogleType type) {
        assertThat(GoogleAnswers.of(type.token()).rows().stream()
                        .filter(row -> !GoogleTable.TABLE
                                .sources()
                                .containsKey(row.source().split("[ :;,]")[0]))
                        .map(row -> row.path() + ": " + row.source()))
                .as("rows of %s whose source begins with none of the file's sources", type.token())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheSchemaDoesNotMarkComesBackOnlyAsADefaultOrWhereTheCodeSuppressesIt(GoogleType type) {
        assertThat(GoogleAnswers.of(type.token()).rows().stream()
                        .filter(row -> row.rule() instanceof Is is && !is.unchanged() && !Values.isZero(is.value()))
                        .map(Answer::path)
                        .filter(path -> !path.contains("[") && !ProviderFields.isComputed(type.token(), path)))
                .as("rows of %s that need default: or unchanged:", type.token())
                .isEmpty();
        assertThat(GoogleAnswers.of(type.token()).rows().stream()
                        .filter(row -> row.rule() instanceof Default)
                        .map(Answer::path)
                        .filter(path -> ProviderFields.isComputed(type.token(), path)))
                .as("rows of %s that are no defaults", type.token())
                .isEmpty();
    }

    @Test
    void aClusterIsAnsweredWithMoreThanWasAsked() {
        var state = state(
                CLUSTERS,
                Map.of(
                        "name", "bk",
                        "project", "p",
                        "location", "us-west1-a",
                        "network", "https://www.googleapis.com/compute/v1/projects/p/global/networks/n",
                        "databaseEncryption", Map.of("state", "ENCRYPTED", "keyName", "k"),
                        "privateClusterConfig", Map.of("masterIpv4CidrBlock", "172.16.0.0/28")));

        assertThat(Values.text(state, "databaseEncryption", "state")).contains("ALL_OBJECTS_ENCRYPTION_ENABLED");
        assertThat(Values.text(state, "network")).contains("projects/p/global/networks/n");
        assertThat(Values.text(state, "privateClusterConfig", "privateEndpointSubnetwork")
                        .orElseThrow())
                .startsWith("projects/p/regions/us-west1/subnetworks/gke-bk-");
        assertThat(at(state, "enableL4IlbSubsetting")).isEqualTo(Values.of(true));
    }

    @Test
    void aClusterWithoutARangeOfItsControlPlaneHasNoSubnetForIt() {
        var state = state(CLUSTERS, Map.of("name", "bk", "project", "p", "location", "us-west1-a"));

        assertThat(ValuePath.of("privateClusterConfig.privateEndpointSubnetwork")
                        .in(Values.of(state)))
                .isEmpty();
    }

    @Test
    void aPoolIsLabelledForWhatItsNodesAre() {
        assertThat(provisioning(Map.of("spot", true))).isEqualTo("spot");
        assertThat(provisioning(Map.of("preemptible", true))).isEqualTo("spot");
        assertThat(provisioning(Map.of("spot", false))).isEqualTo("on-demand");
    }

    private static String provisioning(Map<String, Object> nodeConfig) {
        return at(
                        state(POOLS, Map.of("name", "n", "nodeConfig", nodeConfig)),
                        "nodeConfig.resourceLabels.goog-gke-node-pool-provisioning-model")
                .getStringValue();
    }

    @Test
    void googleTaintsNodesWithGpusAndSaysSoBesideWhatWasAsked() {
        var state = state(
                POOLS,
                Map.of(
                        "name",
                        "n",
                        "nodeConfig",
                        Map.of(
                                "taints", List.of(Map.of("key", "k", "value", "v", "effect", "NO_SCHEDULE")),
                                "guestAccelerators", List.of(Map.of("type", "nvidia-l4", "count", 1)))));

        assertThat(at(state, "nodeConfig.taints").getListValue().getValuesList())
                .hasSize(1);
        assertThat(at(state, "nodeConfig.effectiveTaints[1].key")).isEqualTo(Values.of("nvidia.com/gpu"));
        assertThat(at(state, "nodeConfig.resourceLabels.goog-gke-accelerator-type"))
                .isEqualTo(Values.of("nvidia-l4"));
    }

    @Test
    void whatGoogleChoseStaysWhenSomethingElseChanges() {
        var before = state(POOLS, Map.of("name", "n", "nodeConfig", Map.of("machineType", "a"))).toBuilder()
                .putFields("version", Values.of("1.2.3"))
                .build();
        var after = POOLS.state(struct(Map.of("name", "n", "nodeConfig", Map.of("machineType", "b"))), facts(), before);

        assertThat(at(after, "version")).isEqualTo(Values.of("1.2.3"));
        assertThat(at(after, "nodeConfig.machineType")).isEqualTo(Values.of("b"));
    }

    @Test
    void whatIsNoLongerAskedForGoes() {
        var before = state(POOLS, Map.of("nodeConfig", Map.of("tags", List.of("a"), "labels", Map.of("a", "x"))));
        var after = POOLS.state(struct(Map.of("nodeConfig", Map.of("labels", Map.of("b", "x")))), facts(), before);

        assertThat(ValuePath.of("nodeConfig.tags").in(Values.of(after))).isEmpty();
        assertThat(ValuePath.of("nodeConfig.labels.a").in(Values.of(after))).isEmpty();
    }

    @Test
    void aRefreshTakesTheValuesOfInputsAndMakesNoOthersInputs() {
        var known = struct(Map.of("autoscaling", Map.of("totalMaxNodeCount", 4), "initialNodeCount", 0));
        var there = struct(
                Map.of("autoscaling", Map.of("totalMaxNodeCount", 9, "locationPolicy", "ANY"), "version", "1.2.3"));

        assertThat(POOLS.inputs(known, there)).isEqualTo(struct(Map.of("autoscaling", Map.of("totalMaxNodeCount", 9))));
    }

    private static Value at(Struct state, String path) {
        return ValuePath.of(path).in(Values.of(state)).orElseThrow(() -> new AssertionError("nothing at " + path));
    }

    private static Struct state(GoogleAnswers answers, Map<String, Object> inputs) {
        return answers.state(struct(inputs), facts(), Struct.getDefaultInstance());
    }

    private static Struct facts() {
        return struct(Map.of(
                "id",
                "i",
                "project",
                "p",
                "number",
                "1",
                "digits",
                "2",
                "now",
                "2026-11-29T08:00:00Z",
                "region",
                "us-west1",
                "location",
                "us-west1-a",
                "cluster",
                "c"));
    }

    private static Struct struct(Map<String, Object> plain) {
        return Values.ofPlain(plain).getStructValue();
    }
}
