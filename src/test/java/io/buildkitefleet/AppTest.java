package io.buildkitefleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.preview.ProgramLaunch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a plain jar starts it, where nobody has chosen flags for the JVM. */
class AppTest {
    private static final String WORKERS = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=";

    @TempDir
    private Path directory;

    /** The program, which notes at its end how many workers the shared pool has. */
    static final class Noting {
        private Noting() {}

        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> note(Path.of(args[0]))));
            App.main(new String[0]);
        }

        private static void note(Path file) {
            try {
                Files.writeString(file, String.valueOf(ForkJoinPool.getCommonPoolParallelism()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void theSharedPoolHasSeveralWorkersAlsoOnTwoCores() throws Exception {
        assertThat(workers("-XX:ActiveProcessorCount=2")).isEqualTo("3");
    }

    @Test
    void whoeverStartsItMayChooseOtherwise() throws Exception {
        assertThat(workers(WORKERS + 5)).isEqualTo("5");
    }

    /** Not by Pulumi: the program ends at once. */
    private String workers(String flag) throws IOException, InterruptedException {
        var note = directory.resolve("workers");
        var command = new ArrayList<>(
                ProgramLaunch.ofMainClass(Noting.class.getName(), List.of(flag)).command());
        command.add(note.toString());
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        assertThat(process.waitFor()).isNotZero();
        return Files.readString(note);
    }
}
