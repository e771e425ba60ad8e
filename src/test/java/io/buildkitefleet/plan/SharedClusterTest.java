package io.buildkitefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.pulumi.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local stacks whose files are beside each other, in one cluster or in two. */
class SharedClusterTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void aLocalStack() throws IOException {
        Files.writeString(directory.resolve("Pulumi.yaml"), "name: buildkite-fleet\n");
        write("one", "kind-fleet");
    }

    private void write(String stack, String context) throws IOException {
        Files.writeString(
                directory.resolve("Pulumi." + stack + ".yaml"),
                Files.readString(Path.of("Pulumi.local.yaml")).replaceAll("context: [^}\\s]+", "context: " + context));
    }

    private List<Problem> warnings() {
        var project = Project.read(directory);
        return Previews.fleetOf(project, project.stack("one")).warnings();
    }

    @Test
    void anotherStackInTheClusterIsNamed() throws IOException {
        write("two", "kind-fleet");
        assertThat(warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo("buildkite-fleet:fleet.local.context");
            assertThat(warning.message()).startsWith("is also that of stack two, got \"kind-fleet\"");
        });
    }

    @Test
    void severalAreNamedToo() throws IOException {
        write("three", "kind-fleet");
        write("two", "kind-fleet");
        assertThat(warnings()).singleElement().satisfies(warning -> assertThat(warning.message())
                .startsWith("is also that of stacks three, two, got"));
    }

    @Test
    void eachInAClusterOfItsOwnIsGood() throws IOException {
        write("two", "kind-other");
        assertThat(warnings()).isEmpty();
    }
}
