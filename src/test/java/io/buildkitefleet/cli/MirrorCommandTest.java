package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.registry.MirrorContents;
import io.buildkitefleet.registry.MirrorScript;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person gets of {@code ./fleet mirror}. */
class MirrorCommandTest {
    private static final Stacks MIRRORED = Stacks.minimal().with("registryMirror", "us-docker.pkg.dev/acme-ci/mirror");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void stackOfAProject() throws IOException {
        Files.copy(Path.of("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
        write(MIRRORED);
    }

    @Test
    void theScriptIsPrinted() {
        assertThat(mirror()).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualTo(script()).startsWith("#!/usr/bin/env bash\n");
    }

    @Test
    void itIsWrittenToAFileThatIsNamed() throws IOException {
        var file = directory.resolve("fill");
        assertThat(mirror("--out", file.toString())).as(err.toString()).isZero();
        assertThat(Files.readString(file)).isEqualTo(script());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void toolsAreToldWhatIsCopiedAndThatADigestIsNotKnown() {
        assertThat(mirror("--json")).as(err.toString()).isZero();
        var told = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(told.get("stack").getAsString()).isEqualTo("dev");
        assertThat(told.get("mirror").getAsString()).isEqualTo("us-docker.pkg.dev/acme-ci/mirror");
        assertThat(told.getAsJsonArray("artifacts").get(0))
                .hasToString("{\"name\":\"agent-stack-k8s\","
                        + "\"source\":\"ghcr.io/buildkite/helm/agent-stack-k8s:0.47.0\","
                        + "\"copy\":\"us-docker.pkg.dev/acme-ci/mirror/ghcr.io/buildkite/helm/agent-stack-k8s:0.47.0\","
                        + "\"digest\":null,\"namedByChart\":false,"
                        + "\"pin\":{\"file\":\"pins.json\",\"key\":\"charts.agent-stack-k8s\"}}");
    }

    @Test
    void twoDigestsOfOneTagHaveTagsOfTheirOwn() throws IOException {
        var image = "ghcr.io/acme/runner:1@sha256:";
        write(MIRRORED.with("queues.big.image", image + "0".repeat(64))
                .with("queues.small", "{pool: big, image: '" + image + "1".repeat(64) + "'}"));
        assertThat(mirror("--json")).as(err.toString()).isZero();
        var copies = JsonParser.parseString(out.toString())
                .getAsJsonObject()
                .getAsJsonArray("artifacts")
                .asList();
        assertThat(copies)
                .filteredOn(
                        copy -> copy.getAsJsonObject().get("name").getAsString().startsWith("queues."))
                .extracting(copy -> copy.getAsJsonObject().get("copy").getAsString())
                .containsExactly(
                        "us-docker.pkg.dev/acme-ci/mirror/ghcr.io/acme/runner:1-000000000000",
                        "us-docker.pkg.dev/acme-ci/mirror/ghcr.io/acme/runner:1-111111111111");
    }

    @Test
    void whereToPinAnImageOfTheConfigurationIsTheFileThatWasNamed() throws IOException {
        var trial = directory.resolve("trial.yaml");
        Files.writeString(
                trial,
                MIRRORED.with("queues.big.image", "ghcr.io/acme/agent:3.1.0").yaml());
        assertThat(mirror("--config-file", trial.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains(" - - queues.big.image trial.yaml\n");
    }

    @Test
    void withoutAMirrorItSaysWhichKeyToSet() throws IOException {
        write(Stacks.minimal());
        assertThat(mirror()).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("Pulumi.dev.yaml names no mirror to fill; set registryMirror of the fleet there")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aRegistryIntoWhichTheJobsOfAnotherStackPushIsRefused() throws IOException {
        write(Stacks.minimal().with("registryMirror", "us-west1-docker.pkg.dev/acme-ci-dev/live-images/mirror"));
        Files.writeString(
                directory.resolve("Pulumi.live.yaml"),
                Stacks.minimal().with("name", "live").yaml());
        assertThat(mirror()).isEqualTo(1);
        assertThat(err.toString())
                .contains("Pulumi.dev.yaml: 1 problem")
                .contains(
                        "registryMirror: is in the registry of stack live, got \"us-west1-docker.pkg.dev/acme-ci-dev/")
                .contains("use a repository that no job writes to");
    }

    @Test
    void aRegistryBesideThoseOfOtherStacksIsFilled() throws IOException {
        write(Stacks.minimal().with("registryMirror", "us-west1-docker.pkg.dev/acme-ci-dev/live-images-of-others"));
        Files.writeString(
                directory.resolve("Pulumi.live.yaml"),
                Stacks.minimal().with("name", "live").yaml());
        Files.writeString(directory.resolve("Pulumi.broken.yaml"), "config: {buildkite-fleet:fleet: {}}");
        assertThat(mirror()).as(err.toString()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"--run,--check", "--run,--json", "--check,--json", "--run,--out=fill", "--check,--out=fill"})
    void whatExcludesEachOtherIsWrongUsage(String one, String other) {
        assertThat(mirror(one, other)).isEqualTo(2);
        assertThat(err.toString()).startsWith("choose one: --run, --check, ");
    }

    private void write(Stacks stack) throws IOException {
        Files.writeString(directory.resolve("Pulumi.dev.yaml"), stack.yaml());
    }

    private static String script() {
        return MirrorScript.of(MirrorContents.of(FleetResolver.resolve(MIRRORED), "Pulumi.dev.yaml")
                .orElseThrow());
    }

    private int mirror(String... arguments) {
        var words = new String[arguments.length + 4];
        System.arraycopy(new String[] {"-C", directory.toString(), "mirror", "dev"}, 0, words, 0, 4);
        System.arraycopy(arguments, 0, words, 4, arguments.length);
        return FleetCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }
}
