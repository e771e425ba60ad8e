package io.buildkitefleet.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.pulumi.ProjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory for what one command writes: its own output is replaced, and nothing else is touched. */
class OwnDirectoryTest {
    private static final String MARK = "# ours\n";

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void notThereYet() {
        directory = parent.resolve("out");
    }

    @Test
    void isMadeIfItIsNotThere() throws IOException {
        replace(Map.of("a.yaml", "a\n"));
        assertThat(directory.resolve("a.yaml")).hasContent("# ours\na\n");
    }

    @Test
    void anEmptyOneIsTaken() throws IOException {
        Files.createDirectory(directory);
        replace(Map.of("a.yaml", "a\n"));
        assertThat(directory).isDirectoryContaining("glob:**/a.yaml");
    }

    @Test
    void whatWasWrittenBeforeIsReplacedWhole() throws IOException {
        replace(Map.of("a.yaml", "old\n", "b.yaml", "b\n"));
        replace(Map.of("a.yaml", "new\n", "c.yaml", "c\n"));
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("a.yaml", "c.yaml");
        assertThat(directory.resolve("a.yaml")).hasContent("# ours\nnew\n");
    }

    @Test
    void whatAKilledRunLeftBehindGoesToo() throws IOException {
        Files.createDirectory(directory);
        Files.writeString(directory.resolve(".fleet-" + UUID.randomUUID() + ".part"), "# ou");
        replace(Map.of("a.yaml", "a\n"));
        assertThat(directory.toFile().list()).containsExactly("a.yaml");
    }

    @Test
    void filesOfOthersAreNamedAndNothingIsTouched() throws IOException {
        replace(Map.of("a.yaml", "a\n"));
        for (var name : new String[] {"z.yaml", "notes.txt", ".git", "README", "more"}) {
            Files.writeString(directory.resolve(name), "of somebody else\n");
        }
        assertThatThrownBy(() -> replace(Map.of("b.yaml", "b\n")))
                .isInstanceOf(ProjectException.class)
                .hasMessage(
                        "--manifests " + directory + ": holds what this command did not write (.git, README, more and"
                                + " 2 more); name an empty directory, or a new one");
        assertThat(directory.toFile().list()).hasSize(6).contains("a.yaml", "z.yaml");
    }

    @Test
    void aDirectoryOrALinkInItIsSomebodyElses() throws IOException {
        Files.createDirectories(directory.resolve("a.yaml"));
        assertThatThrownBy(() -> replace(Map.of())).hasMessageContaining("(a.yaml)");
        Files.delete(directory.resolve("a.yaml"));
        var theirs = Files.writeString(parent.resolve("theirs"), MARK);
        Files.createSymbolicLink(directory.resolve("a.yaml"), theirs);
        assertThatThrownBy(() -> replace(Map.of())).hasMessageContaining("(a.yaml)");
        assertThat(theirs).hasContent(MARK);
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        Files.writeString(directory, "");
        assertThatThrownBy(() -> replace(Map.of()))
                .hasMessage("--manifests " + directory + ": is a file; name a directory");
    }

    @Test
    void itsParentMustBeThere() {
        var deep = directory.resolve("deep");
        assertThatThrownBy(() -> OwnDirectory.of("--manifests", deep, MARK))
                .hasMessage("--manifests " + deep + ": there is no directory " + directory
                        + "; make it, or name another directory");
    }

    @Test
    void throughALinkItsTargetIsWritten() throws IOException {
        var target = Files.createDirectory(parent.resolve("target"));
        Files.createSymbolicLink(directory, target);
        replace(Map.of("a.yaml", "a\n"));
        assertThat(target.resolve("a.yaml")).exists();
        assertThat(directory).isSymbolicLink();
    }

    private void replace(Map<String, String> files) {
        OwnDirectory.of("--manifests", directory, MARK).replace(files);
    }
}
