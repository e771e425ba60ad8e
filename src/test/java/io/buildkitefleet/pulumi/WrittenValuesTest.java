package io.buildkitefleet.pulumi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenValuesTest {
    @TempDir
    private Path directory;

    private Map<String, WrittenValues.Value> written(String yaml) throws IOException {
        Files.writeString(directory.resolve("Pulumi.yaml"), "name: acme\n");
        Files.writeString(directory.resolve("Pulumi.dev.yaml"), yaml);
        return Project.read(directory).stack("dev").written().byPlace();
    }

    @Test
    void whatYamlMakesNoTextOfIsKeptAsItIsWritten() throws IOException {
        assertThat(written("""
                config:
                  a: 12.10
                  gcp:b: [x, 007]
                  c:
                    d: True
                    e: "12.10"
                    f: 1:30
                    g: 2027-01-31
                    h: ~
                """))
                .isEqualTo(Map.of(
                        "acme:a", new WrittenValues.Value("12.10", 2),
                        "gcp:b[1]", new WrittenValues.Value("007", 3),
                        "acme:c.d", new WrittenValues.Value("True", 5),
                        "acme:c.g", new WrittenValues.Value("2027-01-31", 8)));
    }

    @Test
    void aKeyOfWhichYamlMakesAnotherIsKeptWhereItIsReadThen() throws IOException {
        Files.writeString(directory.resolve("Pulumi.yaml"), "name: acme\n");
        Files.writeString(
                directory.resolve("Pulumi.dev.yaml"), "config:\n  a:\n    1.10: {007: 08, x: 1}\n    \"1.20\": b\n");
        var written = Project.read(directory).stack("dev").written();
        assertThat(written.keys())
                .isEqualTo(Map.of(
                        "acme:a.1.1", new WrittenValues.Value("1.10", 3),
                        "acme:a.1.1.7", new WrittenValues.Value("007", 3)));
        assertThat(written.byPlace()).containsKeys("acme:a.1.1.7", "acme:a.1.1.x");
    }

    @Test
    void whatAnAnchorNamesStandsWhereTheAnchorIs() throws IOException {
        assertThat(written("config:\n  a: &v 1.0\n  b: *v\n"))
                .isEqualTo(Map.of(
                        "acme:a", new WrittenValues.Value("1.0", 2), "acme:b", new WrittenValues.Value("1.0", 2)));
    }

    @Test
    void whatStandsInAMapGoesBeforeWhatIsMerged() throws IOException {
        assertThat(written("""
                config:
                  a: &base {x: 1.0, y: 2.0}
                  b:
                    <<: *base
                    x: 3.0
                  c: {<<: [*base]}
                """))
                .containsEntry("acme:b.x", new WrittenValues.Value("3.0", 5))
                .containsEntry("acme:b.y", new WrittenValues.Value("2.0", 2))
                .containsEntry("acme:c.x", new WrittenValues.Value("1.0", 2))
                .doesNotContainKey("acme:b.<<");
    }

    @Test
    void aFileWithoutConfigurationHasNone() throws IOException {
        assertThat(written("encryptionsalt: v1:abc\n")).isEmpty();
    }
}
