package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What a person gets of {@code ./fleet roles}. */
class RolesCommandTest extends CommandTest {
    @BeforeEach
    void theOtherStack() throws IOException {
        copy("Pulumi.prod.yaml");
    }

    @Test
    void eachPermissionIsToldWithWhatNeedsItAndWhereThatWasRead() {
        assertThat(roles("prod")).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches(
                        "storage\\.buckets\\.get +preview, up +gcp:storage:Bucket +https://cloud\\.google\\.com/.*"))
                .anyMatch(line -> line.matches("container\\.clusters\\.create +up +gcp:container:Cluster +https://.*"));
    }

    @Test
    void theRoleOfAPreviewIsPartOfTheOneOfAnUpdate() {
        assertThat(roles("prod", "--role", "preview")).as(err.toString()).isZero();
        var preview = permissions(out.toString());
        out.getBuffer().setLength(0);
        assertThat(roles("prod", "--role", "up")).as(err.toString()).isZero();

        assertThat(permissions(out.toString())).containsAll(preview).hasSizeGreaterThan(2 * preview.size());
        assertThat(preview).contains("storage.buckets.get").doesNotContain("storage.buckets.create");
    }

    /** The fields of https://cloud.google.com/iam/docs/creating-custom-roles. */
    @Test
    void aRoleIsWrittenToAFileAsGcloudTakesIt() throws IOException {
        var file = project.resolve("role.yaml");
        assertThat(roles("dev", "--role", "UP", "--out", file.toString()))
                .as(err.toString())
                .isZero();

        assertThat(read(Files.readString(file)))
                .containsOnlyKeys("title", "description", "stage", "includedPermissions")
                .containsEntry("title", "bk-dev up")
                .containsEntry("stage", "GA");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anotherRoleIsRefusedWithThoseThatThereAre() {
        assertThat(roles("dev", "--role", "owner")).isEqualTo(2);
        assertThat(err.toString()).contains("'--role'", "must be one of preview, up");
    }

    private static List<String> permissions(String yaml) {
        return ((List<?>) read(yaml).get("includedPermissions"))
                .stream().map(String::valueOf).toList();
    }

    private static Map<String, Object> read(String yaml) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    }

    private int roles(String... arguments) {
        return fleet(Stream.concat(Stream.of("roles"), Stream.of(arguments)).toArray(String[]::new));
    }
}
