package io.buildkitefleet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.Json;
import org.junit.jupiter.api.Test;

/** Merging as Kubernetes does it; the last case is the controller's own TestPatchPodSpec. */
class StrategicMergeTest {
    @Test
    void mergesObjectsKeyByKey() {
        assertMerged("{nodeSelector: {a: b}}", "{nodeSelector: {c: d}}", "{nodeSelector: {a: b, c: d}}");
    }

    @Test
    void replacesListsWhoseItemsHaveNoName() {
        assertMerged("{tolerations: [{key: a}]}", "{tolerations: [{key: b}]}", "{tolerations: [{key: b}]}");
    }

    @Test
    void mergesItemsOfTheSameName() {
        assertMerged(
                "{volumes: [{name: v, emptyDir: {}}]}",
                "{volumes: [{name: v, emptyDir: {sizeLimit: 1Gi}}]}",
                "{volumes: [{name: v, emptyDir: {sizeLimit: 1Gi}}]}");
    }

    @Test
    void tellsMountsApartByTheirPath() {
        assertMerged(
                "{containers: [{name: a, volumeMounts: [{name: v, mountPath: /v}]}]}",
                "{containers: [{name: a, volumeMounts: [{name: w, mountPath: /w}]}]}",
                "{containers: [{name: a, volumeMounts: [{name: w, mountPath: /w}, {name: v, mountPath: /v}]}]}");
    }

    @Test
    void putsWhatIsNewFirstAndKeepsTheOrderOfTheRest() {
        assertMerged(
                "{containers: [{name: container-0, image: a}, {name: agent}, {name: checkout}]}",
                "{containers: [{name: new}, {name: agent, image: b}]}",
                "{containers: [{name: new}, {name: container-0, image: a}, {name: agent, image: b}, {name: checkout}]}");
    }

    private static void assertMerged(String original, String patch, String merged) {
        assertThat(StrategicMerge.of(
                        Json.parse(original).getAsJsonObject(),
                        Json.parse(patch).getAsJsonObject()))
                .isEqualTo(Json.parse(merged));
    }
}
