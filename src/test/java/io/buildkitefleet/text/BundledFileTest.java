package io.buildkitefleet.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.testing.SourceFiles;
import org.junit.jupiter.api.Test;

class BundledFileTest {
    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> BundledFile.text("/hooks/nothing")).hasMessage("/hooks/nothing");
    }

    @Test
    void nothingElseReadsTheJar() {
        assertThat(SourceFiles.directories(SourceFiles.MAIN).stream()
                        .flatMap(folder -> SourceFiles.in(folder).stream())
                        .filter(file -> SourceFiles.read(file).contains(".getResource")))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("BundledFile.java");
    }
}
