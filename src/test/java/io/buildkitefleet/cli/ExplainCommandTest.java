package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.GoogleSettings;
import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.config.read.KeyTree;
import io.buildkitefleet.config.reference.KeyNote;
import io.buildkitefleet.config.reference.KeySearch;
import io.buildkitefleet.config.reference.OutsideKey;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.Stacks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                .startsWith(key.path() + "\n  ")
                .containsPattern("\n  since     \\d{4}-\\d\\d-\\d\\d\n")
                .containsPattern("For example:\n(?s).*\\b" + name + ":");
        assertThat(inOneLine())
                .contains(plain(key.doc()) + ". allowed " + plain(key.allowed()) + " default ")
                .contains(" touches ", " rules ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pools.big.max",
                "pools.<name>.max",
                "buildkite-fleet:fleet.pools.big.max",
                "fleet.pools.big.max",
                "config.buildkite-fleet:fleet.pools.big.max",
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

        assertThat(inOneLine())
                .contains("default none: it is required touches ")
                .containsPattern(
                        "gcp:container:NodePool.*kubernetes:helm.sh/v3:Release.*, and what the fleet costs rules");
    }

    @ParameterizedTest
    @CsvSource({
        "cluster.securityGroup, cluster-groups",
        "cluster.authorizedNetworks.cidr, cluster-authorized-networks",
        "registryMirror, image-mirror",
        "pools.sandbox, untrusted-sandbox",
        "queues.image, image-pinned",
        "queues.debuggers, rbac-strangers",
        "signing.queues, signed-steps",
        "deployer.buildkite.up.pipeline, iam-job-tokens"
    })
    void theRulesAreThoseThatReadWhatFollowsFromAKey(String key, String rule) {
        explain(key);

        assertThat(inOneLine()).containsPattern(" (can fail|rules) [^:]*\\b" + rule + "\\b.* since ");
    }

    @ParameterizedTest
    @CsvSource({
        "queues.can, namespace-pod-security",
        "queues.secrets, secrets-as-files",
        "queues.debuggers, namespace-pod-security",
        "checkout.sshKey, secrets-as-files"
    })
    void theRulesThatAKeyCanBreakComeFirstAndAreNeverCutOff(String key, String rule) {
        explain(key);

        assertThat(inOneLine()).containsPattern(" can fail [^:]*\\b" + rule + "\\b[^:]* rules ");
    }

    @ParameterizedTest
    @CsvSource({"queues.debuggers, rbac-shells", "pools.sandbox, volume-host-path"})
    void aRuleWhoseVerdictIsAnotherByAKeyIsAmongItsRules(String key, String rule) {
        explain(key, "--all");

        assertThat(inOneLine()).containsPattern(" rules [^:]*\\b" + rule + "\\b.* since ");
    }

    @Test
    void everyRuleIsNamedOnRequest() {
        var rules = KeyNote.all().get("queues.<name>.trust").rules();
        explain("queues.trust");
        assertThat(inOneLine()).contains(" other rules (--all) since ").doesNotContain(rules.get(rules.size() - 1));
        out.getBuffer().setLength(0);

        explain("queues.trust", "--all");

        assertThat(inOneLine()).contains(rules).doesNotContain("(--all)", " other ");
    }

    @Test
    void ofAWaiverTheRuleThatItNamesIsTold() {
        explain("waivers.until");

        assertThat(inOneLine()).contains(" can fail waiver-ended rules the one that the waiver names since ");
    }

    @Test
    void aKeyThatShowsNowhereByItselfHasTheReason() {
        explain("pools.shared");

        assertThat(inOneLine()).contains(" touches nothing by itself: it accepts what is refused otherwise");
    }

    @ParameterizedTest
    @CsvSource({
        "cidr, cluster.authorizedNetworks[].cidr",
        "authorizedNetworks.cidr, cluster.authorizedNetworks[].cidr",
        "max, pools.<name>.max",
        "big.max, pools.<name>.max",
        "queues.image, queues.<name>.image",
        "queues.big.image, queues.<name>.image",
        "queues.big, queues.<name>",
        "queues.big.secrets.TOKEN, queues.<name>.secrets",
        "queues.big.can[0], queues.<name>.can",
        "labels.owner, labels",
        "SECURITYGROUP, cluster.securityGroup",
        "gcp:project, gcp:project",
        "gcp:region, gcp:region",
        "gcp:batching, gcp:batching",
        "config.gcp:project, gcp:project",
        "fleet.region, region",
        "region, region",
        "agentToken, buildkite-fleet:agentToken",
        "buildkite-fleet:agentToken, buildkite-fleet:agentToken",
        "signingKey, buildkite-fleet:signingKey"
    })
    void aKeyIsFoundByWhateverTellsWhichItIs(String written, String key) {
        assertThat(explain(written)).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith(key + "\n");
    }

    @Test
    void everyNameThatAShellCompletesIsFound() {
        var search = new KeySearch(KeyTree.of(FleetConfigReader.reference()), OutsideKey.all());

        assertThat(new ExplainCommand.Names())
                .hasSizeGreaterThan(keys().size())
                .noneMatch(name -> search.find(name) instanceof KeySearch.Answer.None);
    }

    @ParameterizedTest
    @CsvSource({
        "image, queues.<name>.image, checkout.mirrorDisk.image",
        "pool, pools, queues.<name>.pool",
        "project, queues.<name>.clusters[].project, gcp:project",
        "token, buildkite-fleet:agentToken, buildkite-fleet:untrustedAgentToken",
        "disk, pools.<name>.diskGb, pools.<name>.diskType",
        "gpu, namespaces.<name>.gpus, pools.<name>.accelerator.type"
    })
    void ofSeveralKeysEachIsNamed(String word, String one, String other) {
        assertThat(explain(word)).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern("(?m)^  " + Pattern.quote(one) + "\\s")
                .containsPattern("(?m)^  " + Pattern.quote(other) + "\\s");
    }

    @Test
    void aKeyThatOnlySpeaksOfAWordIsNotTakenForIt() {
        assertThat(explain("preemptible")).as(err.toString()).isZero();
        assertThat(out.toString())
                .startsWith("No key is called preemptible. These have to do with it:\n")
                .contains("\n  pools.<name>.capacity ");
    }

    @Test
    void aPartOfAnAddressIsNoWord() {
        assertThat(explain("dev")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no key dev");
    }

    @Test
    void aRuleIsToldFromAKey() {
        assertThat(explain("cluster-private-endpoint")).isEqualTo(2);
        assertThat(err.toString())
                .contains("cluster-private-endpoint is a rule and no key: ", "docs/rules.md", "./fleet check --list");
    }

    @Test
    void theSchemaIsOfAllKeys() {
        assertThat(explain("--json-schema", "pools")).isEqualTo(2);
        assertThat(err.toString()).contains("--json-schema prints the schema of all keys; leave out pools");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "queues", "caches", "mac", "local", "token", "agentToken", "pools.capacity"})
    void nothingIsWiderThanATerminal(String key) {
        assertThat(explain(key.isEmpty() ? new String[0] : new String[] {key})).isZero();
        assertThat(out.toString().lines().takeWhile(line -> !line.startsWith("What ./fleet preview says")))
                .allMatch(line -> line.length() <= 80 || line.contains("https://"));
    }

    @Test
    void anExampleStandsInAStackThatTheReaderTakes() {
        var stacks = Stream.of(Stacks.full(), Stacks.local()).toList();

        assertThat(stacks).allMatch(stack -> BadStack.problems(stack).isEmpty());
        KeyNote.all().forEach((key, note) -> {
            var example = Json.parse(note.example());
            assertThat(stacks.stream().anyMatch(stack -> holds(stack.fleet(), example)) || key.equals("extends"))
                    .as(key)
                    .isTrue();
        });
    }

    @Test
    void theExamplesOfGooglesSettingsAreTaken() {
        var lines = OutsideKey.all().stream()
                .flatMap(key -> key.example().lines())
                .filter(line -> line.startsWith("  gcp:"))
                .map(line -> line.strip().split(": ", 2))
                .toList();

        assertThat(lines).hasSize(4).allSatisfy(line -> assertThat(BadStack.problems(Stacks.full()
                        .withKey(
                                line[0],
                                Json.parse(line[1]).isJsonObject()
                                        ? Json.parse(line[1]).toString()
                                        : line[1])))
                .isEmpty());
    }

    private static boolean holds(JsonElement whole, JsonElement part) {
        if (whole instanceof JsonObject object && part instanceof JsonObject wanted) {
            return wanted.entrySet().stream()
                    .allMatch(
                            entry -> object.has(entry.getKey()) && holds(object.get(entry.getKey()), entry.getValue()));
        }
        if (whole instanceof JsonArray list && part instanceof JsonArray wanted && !wanted.isEmpty()) {
            return wanted.asList().stream()
                    .allMatch(item -> list.asList().stream().anyMatch(other -> holds(other, item)));
        }
        return whole.equals(part);
    }

    /** Without the ends of its lines. */
    private String inOneLine() {
        return out.toString().replaceAll("\\s+", " ");
    }

    private static String plain(String words) {
        return words.replaceAll("\\[([^]]+)]\\((#[^)]+)\\)", "$1 (docs/configuration.md$2)")
                .replaceAll("\\[([^]]+)]\\(([^)]+)\\)", "$1 (docs/$2)")
                .replace("`", "");
    }

    @Test
    void withoutAKeyAllAreNamed() {
        assertThat(explain()).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .startsWith("buildkite-fleet:fleet")
                .anyMatch(line -> line.matches("  organization +.*"))
                .anyMatch(line -> line.matches("  pools"))
                .anyMatch(line -> line.matches("    <name>"))
                .anyMatch(line -> line.matches("      max +.*"))
                .anyMatch(line -> line.matches("  gcp:project +.*"))
                .anyMatch(line -> line.matches("  waivers +a list, each item with"));
    }

    @Test
    void everySettingOfGooglesProviderIsNamedWithoutAKey() {
        explain();

        assertThat(GoogleSettings.NAMES)
                .allSatisfy(name -> assertThat(inOneLine()).contains(name));
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

        assertThat(explain("regoin")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no key regoin; did you mean region or gcp:region?");

        assertThat(explain("agentTokn")).isEqualTo(2);
        assertThat(err.toString()).contains("agentTokn; did you mean buildkite-fleet:agentToken?");

        assertThat(explain("buildkite-fleet:npmToken")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "there is no key buildkite-fleet:npmToken but as a secret of your own, if queues.<name>.secrets");

        assertThat(explain("mx")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no key mx; ./fleet explain names them all.");

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
