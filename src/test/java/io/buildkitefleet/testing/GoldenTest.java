package io.buildkitefleet.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of what was agreed is told in a few lines, with the command that agrees to it. */
class GoldenTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void nothingIsWritten() {
        assumeThat(Boolean.getBoolean("goldens.update")).isFalse();
    }

    @Test
    void theFirstLinesThatDifferAreShownWithTheCommand() throws IOException {
        var file = Files.writeString(directory.resolve("plan"), "a\nb\nc\n");

        assertThatThrownBy(() -> Golden.of(file).matches("a\nx\nc\n"))
                .hasMessage(String.join(
                        "\n",
                        file + " is not what there is now; from line 2:",
                        "- b",
                        "- c",
                        "+ x",
                        "+ c",
                        "If the change is meant, write it and review the difference: "
                                + "./fleet test -Dtest=GoldenTest -Dgoldens.update=true"));
    }

    @Test
    void ofADocumentOnlyThePartIsHeld() throws IOException {
        var file = Files.writeString(
                directory.resolve("a.md"), "before\n<!-- keys: begin -->\nold\n<!-- keys: end -->\nafter\n");
        var part = Golden.part(file.toString(), "keys");

        assertThatCode(() -> part.matches("old\n")).doesNotThrowAnyException();
        assertThatThrownBy(() -> part.matches("new\n")).hasMessageContaining("- old\n+ new\n");
    }

    @Test
    void aLineFeedAtTheEndMatters() throws IOException {
        var file = Files.writeString(directory.resolve("plan"), "a\n");
        assertThatThrownBy(() -> Golden.of(file).matches("a")).hasMessageContaining("from line 2");
    }
}
