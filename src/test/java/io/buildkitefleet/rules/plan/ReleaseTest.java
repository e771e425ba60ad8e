package io.buildkitefleet.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {
    private static final Resources COMMAND = Resources.of(200, 256);
    private static final Resources JOB = JobPod.OVERHEAD.plus(COMMAND);

    @ParameterizedTest
    @ValueSource(strings = {"container-0", "agent", "checkout"})
    void whatChangesOneOfBuildkitesContainersIsNoContainerMore(String name) {
        assertThat(requests("{\"containers\":[{\"name\":\"" + name + "\",\"env\":[]}]}"))
                .contains(JOB);
    }

    @Test
    void whatOneOfBuildkitesContainersAsksForInsteadCounts() {
        assertThat(requests(
                        "{\"containers\":[{\"name\":\"container-0\",\"resources\":{\"requests\":{\"cpu\":\"1\"}}}]}"))
                .contains(JOB.minus(COMMAND).plus(Resources.of(1000, 256)));
    }

    @Test
    void aContainerMoreCountsWithTheShareOfOneThatSaysNothing() {
        assertThat(requests("{\"containers\":[{\"name\":\"db\"}]}")).contains(JOB.plus(JobPod.AGENT));
    }

    @Test
    void aContainerAsksForItsLimitsWhereItSaysNothingElse() {
        assertThat(
                        requests(
                                "{\"containers\":[{\"name\":\"db\",\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}}]}"))
                .contains(JOB.plus(Resources.of(1000, 1024)));
    }

    @Test
    void whatEndsBeforeTheJobStartsNeedsRoomForItselfAlone() {
        assertThat(requests("{\"initContainers\":[{\"name\":\"copy-agent\"}]}")).contains(JOB);
        assertThat(requests("{\"initContainers\":[{\"name\":\"fill\",\"resources\":{\"requests\":"
                        + "{\"cpu\":\"4\",\"memory\":\"64Mi\"}}}]}"))
                .contains(JOB.orMore(Resources.of(4000, 64)));
    }

    @Test
    void aSidecarRunsBesideTheJob() {
        assertThat(requests("{\"initContainers\":[{\"name\":\"docker\",\"restartPolicy\":\"Always\",\"resources\":"
                        + "{\"requests\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}}]}"))
                .contains(JOB.plus(Resources.of(1000, 1024)));
    }

    private static Optional<Resources> requests(String patch) {
        var inputs = Json.parse("{\"values\":{\"config\":{\"default-resource-class-name\":\"a\",\"resource-classes\":"
                        + "{\"a\":{\"resource\":{\"requests\":{\"cpu\":\"200m\",\"memory\":\"256Mi\"}}}},\"pod-spec-patch\":"
                        + patch + "}}}")
                .getAsJsonObject();
        return new Release(new Subject(registration(inputs), InputValue.of(inputs))).requests();
    }

    private static Registration registration(JsonObject inputs) {
        return new Registration(
                "urn:pulumi:a::b::kubernetes:helm.sh/v3:Release::r",
                "kubernetes:helm.sh/v3:Release",
                "r",
                true,
                "",
                inputs,
                Registration.Options.NONE,
                "",
                "",
                "",
                List.of(),
                Map.of(),
                new JsonObject(),
                false);
    }
}
