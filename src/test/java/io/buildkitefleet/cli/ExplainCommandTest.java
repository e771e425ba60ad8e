package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.KeyReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person gets of {@code ./fleet explain}. */
class ExplainCommandTest extends CommandTest {
    static List<KeyReference.Key> keys() {
        return FleetConfigReader.reference().keys();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void eachKeyHasItsMeaningWhatIsAllowedAndAnExample(KeyReference.Key key) {
        assertThat(explain(key.path())).as(err.toString()).isZero();

        var name = key.path().replaceAll(".*[.\\]]", "");
        assertThat(out.toString())
                .startsWith(key.path() + "\n  " + key.doc() + ".\n")
                .contains("  allowed   " + key.allowed() + "\n")
                .containsPattern("  since     \\d{4}-\\d\\d-\\d\\d\n")
                .containsPattern("For example:\n(?s).*\\b" + name + ":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pools.big.max",
                "pools.<name>.max",
                "buildkite-fleet:fleet.pools.big.max",
                "pools.a-pool-that-there-is-not.max"
            })
    void aKeyMayBeWrittenAsItStandsInAStackOrInAMessage(String key) {
        assertThat(explain(key)).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("pools.<name>.max\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"waivers[].until", "waivers[3].until", "waivers.until"})
    void anItemOfAListMayHaveANumberOrNone(String key) {
        assertThat(explain(key)).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("waivers[].until\n");
    }

    @Test
    void whatItTouchesIsSaidInTheWordsOfAPlan() {
        explain("pools.big.max");

        assertThat(out.toString())
                .contains("default   none: it is required\n")
                .containsPattern(
                        "touches .*gcp:container:NodePool.*kubernetes:helm.sh/v3:Release.*, and what the fleet costs\n");
    }

    @Test
    void theRulesThatAKeySatisfiesAreNamed() {
        explain("cluster.securityGroup");

        assertThat(out.toString()).containsPattern("rules +cluster-groups\n");
    }

    @Test
    void withoutAKeyAllAreNamed() {
        assertThat(explain()).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .startsWith("buildkite-fleet:fleet")
                .anyMatch(line -> line.matches("  organization  .* \\(required\\)"))
                .anyMatch(line -> line.matches("  pools"))
                .anyMatch(line -> line.matches("    <name>"))
                .anyMatch(line -> line.matches("      max  .*"))
                .anyMatch(line -> line.matches("  waivers +a list, each item with"));
    }

    @Test
    void ofQueuesTheColumnsOfAPreviewAreExplained() {
        assertThat(explain("queues")).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("IN FLIGHT +jobs that run at a time")
                .containsPattern("A JOB GETS +CPU in millicores");
    }

    @Test
    void aKeyThatThereIsNotIsRefusedWithTheNearest() {
        assertThat(explain("pools.big.maximum")).isEqualTo(2);
        assertThat(err.toString()).contains("maximum is not a key of pools.<name>; allowed: machineType, ");

        assertThat(explain("pool")).isEqualTo(2);
        assertThat(err.toString()).contains("pool is not a key of the fleet; did you mean 'pools'?");

        assertThat(explain("region.name")).isEqualTo(2);
        assertThat(err.toString()).contains("region holds a value and no keys, got name");
    }

    @Test
    void theSchemaForEditorsIsPrintedAsItStandsInTheRepository() throws Exception {
        assertThat(explain("--json-schema")).as(err.toString()).isZero();
        assertThat(JsonParser.parseString(out.toString()))
                .isEqualTo(JsonParser.parseString(Files.readString(Path.of("docs", "schema", "pulumi-stack.json"))));
    }

    private int explain(String... arguments) {
        return fleet(Stream.concat(Stream.of("explain"), Stream.of(arguments)).toArray(String[]::new));
    }
}
