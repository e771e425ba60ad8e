package io.buildkitefleet.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.JvmFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Ctrl-C does: the JVM of the preview is asked to end while the program runs. */
class InterruptedPreviewTest {
    @TempDir
    private Path directory;

    @Test
    void endingThePreviewEndsTheProgramAndItsProcesses() throws IOException, InterruptedException {
        Process preview = start();
        List<ProcessHandle> started = programAndItsProcess(preview);
        preview.destroy();
        assertThat(preview.onExit()).succeedsWithin(1, TimeUnit.MINUTES);
        assertThat(started).hasSize(2);
        for (ProcessHandle process : started) {
            assertThat(PreviewedProgram.hasEnded(process)).isTrue();
        }
    }

    private Process start() throws IOException {
        var launch = ProgramLaunch.ofMainClass(InterruptedPreview.class.getName(), JvmFlags.with());
        var command = new ArrayList<>(launch.command());
        command.add(directory.toString());
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static List<ProcessHandle> programAndItsProcess(Process preview) throws InterruptedException {
        List<ProcessHandle> started = List.of();
        while (started.size() < 2 && preview.isAlive()) {
            Thread.sleep(50);
            started = preview.descendants().toList();
        }
        return started;
    }
}
