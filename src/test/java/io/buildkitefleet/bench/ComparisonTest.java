package io.buildkitefleet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private final StringWriter out = new StringWriter();

    @Test
    void everyLineIsARatioToTheFirstCommand() throws Exception {
        new Comparison(1)
                .with("first", List.of("sleep", "0.1"))
                .with("second", List.of("sleep", "0.1"))
                .run(new PrintWriter(out));
        assertThat(out.toString().lines().skip(2)).hasSize(2);
        assertThat(out.toString())
                .containsPattern("first +0\\.\\d\\d +1\\.00 ")
                .containsPattern("second +0\\.\\d\\d +\\d");
    }

    @Test
    void commandsTakeTurnsAfterARunThatIsNotCounted(@TempDir Path directory) throws Exception {
        var log = directory.resolve("log");
        new Comparison(2)
                .with("a", List.of("sh", "-c", "echo a >> " + log))
                .with("b", List.of("sh", "-c", "echo b >> " + log))
                .run(new PrintWriter(out));
        assertThat(Files.readAllLines(log)).containsExactly("a", "b", "a", "b", "a", "b");
    }

    @Test
    void aCommandThatFailsEndsItWithItsName() {
        assertThatThrownBy(() -> new Comparison(1).with("bad", List.of("false")).run(new PrintWriter(out)))
                .isInstanceOf(IOException.class)
                .hasMessage("failed with exit code 1: false");
    }
}
