package io.buildkitefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that takes what it lacks from a file. */
class ExtendedFleetTest {
    private static final String BASE = """
            config:
              buildkite-fleet:fleet:
                organization: acme
                region: us-west1
                zones: [us-west1-a, us-west1-b]
                protect: false
                cluster: {authorizedNetworks: [{cidr: 203.0.113.0/24, name: office}]}
                pools:
                  big: {machineType: n1-standard-8, max: 4}
                  light: {machineType: n1-standard-1, max: 4}
                queues:
                  big: {pool: big}
                  light: {pool: light}
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void aProject() throws IOException {
        write("Pulumi.yaml", "name: buildkite-fleet\n");
        write("Pulumi.base.yaml", BASE);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(directory.resolve(file).getParent());
        Files.writeString(directory.resolve(file), text);
    }

    /** Has the stack {@code prod} extend a file; the lines stand in its fleet. */
    private void prod(String extended, String... lines) throws IOException {
        write(
                "Pulumi.prod.yaml",
                "config:\n  gcp:project: acme-ci-prod\n  buildkite-fleet:fleet:\n    extends: " + extended + "\n"
                        + List.of(lines).stream()
                                .map(line -> "    " + line + "\n")
                                .reduce("", String::concat));
    }

    private void base(String text, String by) throws IOException {
        assertThat(BASE).contains(text);
        write("Pulumi.base.yaml", BASE.replace(text, by));
    }

    private Fleet fleet() {
        var project = Project.read(directory);
        return Previews.fleetOf(project, project.stack("prod"));
    }

    private String refusal() {
        return catchThrowableOfType(ConfigException.class, this::fleet)
                .getMessage()
                .replace(directory.toString(), "DIR");
    }

    @Test
    void whatItLacksIsTheFiles() throws IOException {
        prod("Pulumi.base.yaml");
        assertThat(fleet().config().organization()).isEqualTo("acme");
        assertThat(fleet().config().project()).isEqualTo("acme-ci-prod");
        assertThat(fleet().config().name()).isEqualTo("bk-prod");
    }

    @Test
    void objectsAreMergedKeyByKey() throws IOException {
        prod(
                "Pulumi.base.yaml",
                "pools: {big: {max: 9}, extra: {machineType: n1-standard-4, max: 1}}",
                "queues: {extra: {pool: extra}}");
        var pools = fleet().config().pools();
        assertThat(pools).containsOnlyKeys("big", "light", "extra");
        assertThat(pools.get("big").max()).isEqualTo(9);
        assertThat(pools.get("big").machineType()).isEqualTo("n1-standard-8");
    }

    @Test
    void listsAndScalarsReplaceWhatWasThere() throws IOException {
        prod("Pulumi.base.yaml", "zones: [us-west1-c]", "protect: true");
        assertThat(fleet().config().zones()).containsExactly("us-west1-c");
        assertThat(fleet().config().protect()).isTrue();
    }

    @Test
    void aNullTakesAway() throws IOException {
        prod("Pulumi.base.yaml", "zones: null", "pools: {light: null}", "queues: {light: ~}");
        assertThat(fleet().config().zones()).isEmpty();
        assertThat(fleet().config().pools()).containsOnlyKeys("big");
    }

    @Test
    void aNullThatTakesNothingAwayIsNoticed() throws IOException {
        prod("Pulumi.base.yaml", "pools: {ligt: null}");
        assertThat(refusal())
                .contains("  buildkite-fleet:fleet.pools.ligt: must be an object of keys and values, got nothing");
    }

    @Test
    void aFileMayExtendAnother() throws IOException {
        write("shared/all.yaml", BASE);
        write(
                "shared/large.yaml",
                "config:\n  fleet:\n    extends: shared/all.yaml\n    pools: {big: {max: 50}, light: {max: 60}}\n");
        prod("shared/large.yaml", "pools: {light: {max: 70}}");
        assertThat(fleet().config().pools().get("big").max()).isEqualTo(50);
        assertThat(fleet().config().pools().get("light").max()).isEqualTo(70);
        assertThat(fleet().config().organization()).isEqualTo("acme");
    }

    @Test
    void aProblemNamesTheFileInWhichTheValueStands() throws IOException {
        base("n1-standard-8, max: 4", "n1-standard-8, max: -4");
        prod("Pulumi.base.yaml", "region: west", "pools: {big: {min: -1}}");
        assertThat(refusal().lines())
                .hasSize(4)
                .startsWith("Pulumi.prod.yaml: 3 problems")
                .anyMatch(line -> line.startsWith(
                        "  Pulumi.base.yaml: buildkite-fleet:fleet.pools.big.max: must be a whole number"))
                .anyMatch(line -> line.startsWith("  buildkite-fleet:fleet.pools.big.min: must be a whole number"))
                .anyMatch(line -> line.startsWith("  buildkite-fleet:fleet.region: must be a region"));
    }

    @Test
    void whatIsMissingIsToBeSaidWhereItsObjectStands() throws IOException {
        base("{machineType: n1-standard-8, max: 4}", "{max: 4}");
        prod("Pulumi.base.yaml", "pools: {extra: {max: 3}}", "queues: {extra: {pool: extra}}");
        assertThat(refusal())
                .contains("\n  Pulumi.base.yaml: buildkite-fleet:fleet.pools.big.machineType: is missing")
                .contains("\n  buildkite-fleet:fleet.pools.extra.machineType: is missing");
    }

    @Test
    void anItemOfAListStandsInTheFileOfTheList() throws IOException {
        base("203.0.113.0/24", "203.0.113.7/24");
        prod("Pulumi.base.yaml");
        assertThat(refusal())
                .contains("\n  Pulumi.base.yaml: buildkite-fleet:fleet.cluster.authorizedNetworks[0].cidr: ");
    }

    @Test
    void whatFollowsFromSeveralValuesIsToldToo() throws IOException {
        prod("Pulumi.base.yaml", "queues: {heavy: {pool: none}}");
        assertThat(refusal()).contains("\n  buildkite-fleet:fleet.queues.heavy.pool: ");
    }

    @Test
    void aWarningNamesTheFile() throws IOException {
        base("region: us-west1", "region: mars-north1");
        prod("Pulumi.base.yaml", "zones: null");
        assertThat(fleet().warnings().get(0).line()).startsWith("Pulumi.base.yaml: buildkite-fleet:fleet.region: ");
    }

    @Test
    void nothingElseStandsInTheFile() throws IOException {
        write(
                "Pulumi.base.yaml",
                "secretsprovider: gcpkms://x\n" + BASE + "  gcp:region: us-west1\n  agentToken: {secure: AAA}\n");
        prod("Pulumi.base.yaml");
        assertThat(refusal()).isEqualTo("""
                Pulumi.prod.yaml: 3 problems
                  Pulumi.base.yaml: buildkite-fleet:agentToken: is not read from a file that stacks extend, which holds buildkite-fleet:fleet alone, below config; set it in each stack's file with: pulumi config set --secret buildkite-fleet:agentToken VALUE --stack STACK
                  Pulumi.base.yaml: gcp:region: is not read from a file that stacks extend, which holds buildkite-fleet:fleet alone, below config; set it in each stack's file with: pulumi config set gcp:region VALUE --stack STACK
                  Pulumi.base.yaml: secretsprovider: is not read from a file that stacks extend, which holds buildkite-fleet:fleet alone, below config; say it in each stack's file""");
    }

    @Test
    void noSecretStandsInTheFleetOfTheFile() throws IOException {
        base("organization: acme", "organization: {secure: AAABAExample}");
        prod("Pulumi.base.yaml");
        assertThat(refusal())
                .startsWith(
                        "Pulumi.prod.yaml: 1 problem\n  Pulumi.base.yaml: buildkite-fleet:fleet: must not hold secrets")
                .doesNotContain("AAABAExample");
    }

    @Test
    void aFileWithoutAFleetIsNoHelp() throws IOException {
        write("Pulumi.base.yaml", "config: {}\n");
        prod("Pulumi.base.yaml");
        assertThat(refusal()).isEqualTo("""
                Pulumi.prod.yaml: 1 problem
                  Pulumi.base.yaml: buildkite-fleet:fleet: is missing; Pulumi.prod.yaml extends it for that""");
    }

    @Test
    void aFileWhoseFleetIsNoObjectIsRefused() throws IOException {
        write("Pulumi.base.yaml", "config: {buildkite-fleet:fleet: [1]}\n");
        prod("Pulumi.base.yaml");
        assertThat(refusal())
                .contains(
                        "1 problem\n  Pulumi.base.yaml: buildkite-fleet:fleet: must be an object of keys and values, got ");
    }

    @Test
    void aFileThatIsNotThereIsNamedAndNothingElseIsMissing() throws IOException {
        prod("Pulumi.bse.yaml");
        assertThat(refusal()).isEqualTo("""
                Pulumi.prod.yaml: 1 problem
                  buildkite-fleet:fleet.extends: must be the path of a file, from the directory of the project, got "Pulumi.bse.yaml"; there is none in DIR""");
    }

    @Test
    void aFileThatCannotBeReadSaysWhere() throws IOException {
        write("Pulumi.base.yaml", "config:\n  fleet: {a: 1\n");
        prod("Pulumi.base.yaml");
        assertThat(refusal()).contains("1 problem\n  buildkite-fleet:fleet.extends: Pulumi.base.yaml:3:1: ");
    }

    @Test
    void whatIsNoPathIsRefused() throws IOException {
        prod("[Pulumi.base.yaml]");
        assertThat(refusal())
                .contains(
                        "1 problem\n  buildkite-fleet:fleet.extends: must be the path of a file, from the directory of the project, got the list [\"Pulumi.base.yaml\"]");
        prod("README.md");
        assertThat(refusal()).contains("whose name ends in .yaml or .yml, such as Pulumi.base.yaml, got \"README.md\"");
        prod("\"a\\0b.yaml\"");
        assertThat(refusal()).contains("buildkite-fleet:fleet.extends: must be the path of a file, got \"a");
    }

    /** Another revision, or another machine, would have another file there. */
    @Test
    void noFileOutsideTheProjectIsRead() throws IOException {
        var outside = Files.createTempFile(directory.getParent(), "outside", ".yaml");
        try {
            Files.writeString(outside, BASE);
            for (var path : List.of(outside.toString(), "../" + outside.getFileName())) {
                prod(path);
                assertThat(refusal())
                        .contains("extends: must be in the directory of the project, ")
                        .endsWith("got \"" + path + "\"");
            }
            Files.createSymbolicLink(directory.resolve("link.yaml"), outside);
            prod("link.yaml");
            assertThat(refusal()).endsWith("got \"link.yaml\", which links to a file outside");
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void filesThatExtendEachOtherAreRefused() throws IOException {
        write("a.yaml", "config:\n  fleet: {extends: b.yaml}\n");
        write("b.yaml", "config:\n  fleet: {extends: ./a.yaml}\n");
        prod("a.yaml");
        assertThat(refusal()).isEqualTo("""
                Pulumi.prod.yaml: 1 problem
                  b.yaml: buildkite-fleet:fleet.extends: must not lead back to a file that is read already, got "./a.yaml": Pulumi.prod.yaml, which extends a.yaml, which extends b.yaml, which extends a.yaml""");
    }

    @Test
    void aStackThatExtendsItselfIsRefused() throws IOException {
        prod("Pulumi.prod.yaml");
        assertThat(refusal()).contains("1 problem\n  buildkite-fleet:fleet.extends: must not lead back");
    }

    /** It is a stack; what only one has would be everybody's. */
    @Test
    void aStackIsNotExtended() throws IOException {
        write("Pulumi.dev.yaml", BASE.replace("config:\n", "config:\n  gcp:project: acme-ci-dev\n"));
        prod("Pulumi.dev.yaml");
        assertThat(refusal()).contains("\n  Pulumi.dev.yaml: gcp:project: is not read from a file that stacks extend");
    }

    @Test
    void theRegistryOfAnotherStackIsRefusedWhereTheMirrorStands() throws IOException {
        base(
                "organization: acme",
                "organization: acme\n    registryMirror: us-west1-docker.pkg.dev/acme-ci-dev/bk-dev-images/m");
        write(
                "Pulumi.dev.yaml",
                "config:\n  gcp:project: acme-ci-dev\n  buildkite-fleet:fleet: {extends: Pulumi.base.yaml}\n");
        prod("Pulumi.base.yaml");
        assertThat(refusal())
                .contains(
                        "\n  Pulumi.base.yaml: buildkite-fleet:fleet.registryMirror: is in the registry of stack dev");
    }

    @Test
    void theExampleOfTheDocumentIsAFleet() throws IOException {
        var blocks = Pattern.compile("```yaml\n# (Pulumi\\.\\w+\\.yaml)\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "configuration.md")))
                .results()
                .toList();
        assertThat(blocks).hasSize(2);
        for (var block : blocks) {
            write(block.group(1), block.group(2));
        }
        assertThat(fleet().config().pools().get("big").max()).isEqualTo(40);
        assertThat(fleet().config().queues()).containsOnlyKeys("big");
    }
}
