package io.buildkitefleet.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.pulumi.ProjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file appears whole, where nothing was. */
class NewFileTest {
    @TempDir
    private Path directory;

    @Test
    void itHasTheContentAndThePermissionsOfAnyNewFile() throws IOException {
        var other = Files.createFile(directory.resolve("other"));
        var file = directory.resolve("new");
        NewFile.write(file, "ä\n");
        assertThat(file).hasContent("ä\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void whatIsThereIsLeftAlone() throws IOException {
        var file = Files.writeString(directory.resolve("there"), "before");
        assertThatThrownBy(() -> NewFile.write(file, "after"))
                .isInstanceOf(ProjectException.class)
                .hasMessage(file + ": is there already, and nothing was changed");
        assertThat(file).hasContent("before");
        assertThat(directory.toFile().list()).containsExactly("there");
    }

    @Test
    void aDirectoryThatIsNotThereIsSaid() {
        var file = directory.resolve("no/new");
        assertThatThrownBy(() -> NewFile.write(file, "x"))
                .isInstanceOf(ProjectException.class)
                .hasMessage(file + ": can't be written (no such file or directory)");
    }

    /** Two that begin at once: the file is one's, whole. */
    @Test
    void ofTwoOneMakesIt() throws Exception {
        var file = directory.resolve("new");
        var pool = Executors.newFixedThreadPool(2);
        try {
            var results = pool.invokeAll(List.of(writing(file, "a"), writing(file, "b")));
            assertThat(results.get(0).get() ^ results.get(1).get()).isTrue();
        } finally {
            pool.shutdownNow();
        }
        assertThat(Files.readString(file)).isIn("a".repeat(100_000), "b".repeat(100_000));
        assertThat(directory.toFile().list()).containsExactly("new");
    }

    private static Callable<Boolean> writing(Path file, String letter) {
        return () -> {
            try {
                NewFile.write(file, letter.repeat(100_000));
                return true;
            } catch (ProjectException there) {
                return false;
            }
        };
    }
}
