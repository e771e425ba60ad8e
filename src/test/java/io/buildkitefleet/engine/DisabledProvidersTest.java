package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.preview.ProgramLaunch;
import io.buildkitefleet.preview.program.DefaultProviderProgram;
import io.buildkitefleet.pulumi.ProjectException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stack without default providers refuses the same things offline as under the real engine. */
class DisabledProvidersTest extends RealEngineTest {
    @ParameterizedTest
    @ValueSource(strings = {"create", "read", "invoke"})
    void whatNeedsOneIsRefusedInTheSameWords(String use) throws Exception {
        var project = projectThat(use, "[\"gcp\"]");
        var preview = project.pulumi("preview");
        var refusal = catchThrowableOfType(ProjectException.class, () -> offline(project));

        assertThat(preview.exitCode()).isNotZero();
        assertThat(refusal).isNotNull();
        assertThat(preview.out() + preview.err()).contains(refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"nothing | [\"*\"]", "create | [\"kubernetes\"]", "create | []"})
    void whatNeedsNoneOrAnotherIsPreviewedByBoth(String use, String denied) throws Exception {
        var project = projectThat(use, denied);

        project.pulumi("preview").succeeded();
        offline(project);
    }

    private EngineProject projectThat(String needs, String denied) throws Exception {
        var configuration = Files.createTempFile("stack", ".yaml");
        try {
            Files.writeString(
                    configuration,
                    "config:\n  test:needs: " + needs + "\n  pulumi:disable-default-providers: " + denied + "\n");
            var project = project("dev", configuration);
            project.runs(DefaultProviderProgram.class);
            return project;
        } finally {
            Files.delete(configuration);
        }
    }

    private static void offline(EngineProject project) {
        var settings = project.asOfflineProject();
        new OfflineEngine(ProgramLaunch.ofMainClass(DefaultProviderProgram.class.getName()))
                .preview(settings, settings.stack("dev"));
    }
}
