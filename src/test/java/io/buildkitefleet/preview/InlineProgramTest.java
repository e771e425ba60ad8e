package io.buildkitefleet.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.pulumi.core.Output;
import io.buildkitefleet.App;
import io.buildkitefleet.preview.program.HangingProgram;
import io.buildkitefleet.preview.program.PrintingProgram;
import io.buildkitefleet.preview.program.SampleProgram;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program in this JVM does what one in a process of its own does. */
@ExtendWith(PreviewedStacks.Extension.class)
class InlineProgramTest {
    private static final OfflineEngine IN_ITS_OWN_PROCESS =
            new OfflineEngine(ProgramLaunch.ofMainClass(App.class.getName()));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "full", "local"})
    void theFleetRegistersTheSame(String stack, PreviewedStacks previews) {
        var plan = previews.byStack().get(stack).plan();

        assertThat(IN_ITS_OWN_PROCESS.preview(plan.project(), plan.stack())).isEqualTo(plan);
    }

    @Test
    void eachOptionOfAResourceIsTheSame() {
        assertThat(PreviewedProgram.preview(directory, PreviewedProgram.launch(SampleProgram.class)))
                .isEqualTo(PreviewedProgram.preview(directory, PreviewedProgram.inline(SampleProgram::define)));
    }

    @Test
    void oneStackAfterAnotherLeavesNothingToTheNext(PreviewedStacks previews) {
        for (var stack : new String[] {"prod", "dev", "dev", "full", "dev"}) {
            var plan = previews.byStack().get(stack).plan();
            assertThat(PreviewedStacks.ENGINE.preview(plan.project(), plan.stack()))
                    .isEqualTo(plan);
        }
    }

    @Test
    void theEnvironmentIsThatOfAProcessWithNothingOfTheCallers() {
        var seen = new ConcurrentHashMap<String, String>();
        PreviewedProgram.preview(directory, new InlineProgram((context, environment) -> seen.putAll(environment)));

        var project = PreviewedProgram.project(directory);
        var stack = project.stack("dev").withPlaceholderSecrets(Set.of("sample:agentToken"));
        assertThat(new TreeMap<>(seen)).isEqualTo(ProgramEnvironment.of(project, stack, "", Map.of()));
    }

    @Test
    void whatTheProgramPrintsDoesNotMixWithWhatThePreviewPrints() throws IOException, InterruptedException {
        var command = new ArrayList<>(((ProgramLaunch) PreviewedProgram.launch(PrintingProgram.class)).command());
        command.add(directory.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("before\nafter\n");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void anOutputInATextFailsTheProgram() {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> PreviewedProgram.preview(
                        directory,
                        PreviewedProgram.inline(context -> context.export("name", Output.of("a-" + Output.of("b"))))))
                .withMessageContaining("toString");
    }

    @Test
    void aProgramThatHangsIsGivenUp() {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> PreviewedProgram.preview(
                        directory, PreviewedProgram.inline(HangingProgram::define), Duration.ofSeconds(5)))
                .withMessage("the program did not finish within 5 s and was ended; "
                        + "the last resource it registered is sample:index:Part \"stuck\"");
    }
}
