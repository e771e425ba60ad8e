package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulumiCliTest {
    @Test
    void withoutTheOneThatWasChosenNoOtherIsTaken(@TempDir Path empty) {
        assertThatThrownBy(() -> PulumiCli.chosen(empty.resolve("pulumi-newest")))
                .hasMessageEndingWith("run tools/install pulumi-newest");
    }

    @Test
    void withoutPulumiItIsSaidHowToGetIt(@TempDir Path empty) {
        assertThatThrownBy(() -> PulumiCli.in(Stream.of(empty))).hasMessageEndingWith("run tools/install");
    }
}
