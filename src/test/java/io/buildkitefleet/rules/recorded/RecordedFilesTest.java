package io.buildkitefleet.rules.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.HookDigests;
import io.buildkitefleet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recorded of the fleet's own files is what the program has. */
class RecordedFilesTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources");

    private static final List<String> DIRECTORIES =
            List.of("docker", "git-mirrors", "hooks", "hooks-outside", "registry-mirror", "ssh");

    /** Who changes one of these changes what runs beside every job. */
    @Test
    void everyFileIsRecorded() throws IOException {
        var lines = new TreeSet<String>();
        for (var directory : DIRECTORIES) {
            try (var files = Files.list(RESOURCES.resolve(directory))) {
                for (var file : files.toList()) {
                    lines.add(
                            directory + "/" + file.getFileName() + " " + HookDigests.of(Files.readString(file)) + "\n");
                }
            }
        }
        Golden.of(RESOURCES.resolve("recorded").resolve("files.txt")).matches(String.join("", lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "git-mirrors", "hooks", "hooks-outside", "registry-mirror", "ssh"})
    void theProgramHasThemAsTheyAreRecorded(String directory) {
        assertThat(RecordedFiles.in(directory)).isNotEmpty();
        assertThat(RecordedFiles.changed(directory)).isEmpty();
    }

    @Test
    void anotherTextIsNotTheRecordedOne() throws IOException {
        var hook = Files.readString(RESOURCES.resolve("hooks").resolve("pre-exit"));
        assertThat(RecordedFiles.is("hooks/pre-exit", hook)).isTrue();
        assertThat(RecordedFiles.is("hooks/pre-exit", hook + "exit 0\n")).isFalse();
        assertThat(RecordedFiles.is("hooks/another", hook)).isFalse();
    }
}
