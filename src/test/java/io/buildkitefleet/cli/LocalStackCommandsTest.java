package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say of a local stack. */
class LocalStackCommandsTest extends CommandTest {
    @BeforeEach
    void withALocalStack() throws IOException {
        copy("Pulumi.local.yaml");
    }

    @Test
    void aPreviewSaysThatItIsNoBorderAndNothingOfPools() {
        assertThat(fleet("preview", "local", "--summary")).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("Jobs run in the cluster of context kind-fleet, which is no border")
                .contains("Cost a month: nothing of Google's")
                .doesNotContain("POOL", "MACHINE", "Quota");
    }

    @Test
    void theJsonOfAPreviewSaysNothingOfNodes() {
        assertThat(fleet("preview", "local", "--json")).as(err.toString()).isZero();

        var fleet = JsonParser.parseString(out.toString()).getAsJsonObject().getAsJsonObject("fleet");
        var queue = fleet.getAsJsonArray("queues").get(0).getAsJsonObject();
        assertThat(queue.keySet())
                .contains("queue", "cpu", "memory", "maxInFlight")
                .doesNotContain("pool", "machineType", "maxNodes", "jobsPerNode");
        assertThat(fleet.getAsJsonObject("quotas").isEmpty()).isTrue();
        assertThat(fleet.getAsJsonArray("accountRoles").isEmpty()).isTrue();
        assertThat(fleet.getAsJsonObject("secretReaders").isEmpty()).isTrue();
    }

    @Test
    void aCheckSaysWhyRulesAboutPoolsHaveNothingToLookAt() {
        assertThat(fleet("check", "local")).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains(
                        "a local fleet has nothing in Google Cloud",
                        "a local fleet has no pools of nodes",
                        "a local fleet has no store of secrets")
                .doesNotContain("failed", "the plan has no gcp:container:Cluster");
    }

    @ParameterizedTest
    @ValueSource(strings = {"preview local", "check local", "doctor local"})
    void anotherStackInItsClusterIsWarnedOf(String command) throws IOException {
        Files.copy(project.resolve("Pulumi.local.yaml"), project.resolve("Pulumi.mine.yaml"));

        fleet(command.split(" "));

        assertThat(err.toString() + out).contains("fleet.local.context: is also that of stack mine, got ");
    }

    @Test
    void itCostsNothing() {
        assertThat(fleet("cost", "local")).as(err.toString()).isZero();

        assertThat(out.toString()).isEqualTo("""
                local: 0.00 USD

                A local fleet has nothing in Google Cloud, so there is no bill of Google's.
                """);
    }

    @Test
    void itIsComparedWithAStackInGoogleCloud() {
        assertThat(fleet("diff", "local", "--base", "dev")).as(err.toString()).isZero();

        assertThat(out.toString()).contains("cluster-gke  gcp:container/cluster:Cluster  only in dev");
    }

    @ParameterizedTest
    @CsvSource({
        "roles local, nobody needs a permission there",
        "mirror local, 'names no mirror to fill; set registryMirror of the fleet there, such as registry.example.com/ci:'",
        "encrypt local TOKEN --stack local, use secrets of the queue",
        "roles local --role up, nobody needs a permission there",
        "keys local, so it takes no key",
        "shell local local, read what a job says: kubectl --context kind-fleet --namespace buildkite-local logs"
    })
    void whatMakesNoSenseSaysSo(String command, String message) {
        assertThat(fleet(command.split(" "))).isEqualTo(1);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }
}
