package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code pulumi stack rename} of a stack whose names in Google Cloud are its own. */
class RenamedStackTest extends RealEngineTest {
    @Test
    void theRunbookKeepsAllThatThereIs() throws Exception {
        var dev = project("dev");
        dev.up().succeeded();
        dev.cloud().forgetCalls();

        Runbook.section("A stack gets another name").runIn(dev, Map.of("OLD", "dev", "NEW", "stage"));

        assertThat(dev.file("Pulumi.dev.yaml")).doesNotExist();
        dev.pulumi("up", "--yes", "--skip-preview", "--stack", "stage").succeeded();
        assertThat(dev.cloud().changes()).isEmpty();
    }

    /** Otherwise the section is not needed. */
    @Test
    void withoutTheOldNameTheClusterWouldBeAnotherOne() throws Exception {
        var dev = project("dev");
        dev.up().succeeded();
        dev.pulumi("stack", "rename", "stage", "--stack", "dev").succeeded();

        var preview = dev.pulumi("preview", "--json", "--stack", "stage").succeeded();
        assertThat(JsonParser.parseString(preview.out()).getAsJsonObject().getAsJsonArray("steps"))
                .extracting(step -> step.getAsJsonObject().get("op").getAsString() + " "
                        + step.getAsJsonObject().get("urn").getAsString().replaceFirst(".*::", ""))
                .contains("replace cluster-gke", "replace pool-big-nodes", "replace artifacts-bucket");
    }
}
