package io.buildkitefleet.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.buildkitefleet.preview.program.DefaultProviderProgram;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Providers that nobody has made, where a stack wants none of those; DisabledProvidersTest has the real engine say so.
 */
class DefaultProvidersTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create | gcp | urn:pulumi:dev::sample::gcp:storage/bucket:Bucket::logs",
                "read | gcp:storage/bucket:Bucket | gcp:storage/bucket:Bucket",
                "invoke | gcp | gcp:storage/getProjectServiceAccount:getProjectServiceAccount"
            })
    void whatNeedsOneIsRefused(String use, String of, String user) {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> preview(use, "[\"*\"]"))
                .withMessage(
                        "Default provider for '" + of + "' disabled. '" + user + "' must use an explicit provider.");
    }

    @Test
    void whatNamesItsOwnIsNot() throws IOException {
        assertThat(preview("nothing", "[\"*\"]").registrations())
                .extracting(Registration::name)
                .contains("google", "logs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[kubernetes]", "[gc, pulumi]", "\"\"", "null"})
    void onlyThePackagesThatAreNamedHaveNone(String denied) throws IOException {
        assertThat(preview("create", denied).registrations())
                .extracting(Registration::name)
                .contains("logs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gcp | pulumi:disable-default-providers: must be a list of packages such as [\"gcp\"], or [\"*\"], got gcp",
                "{gcp: true} | pulumi:disable-default-providers: must be a list of packages such as [\"gcp\"], or [\"*\"], got "
                        + "{\"gcp\":true}",
                "[aws, 1] | pulumi:disable-default-providers[1] must be a string"
            })
    void whatIsNoListOfPackagesIsRefused(String denied, String message) {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> preview("create", denied))
                .withMessage(message);
    }

    private Plan preview(String needs, String denied) throws IOException {
        var project = PreviewedProgram.project(directory);
        Files.writeString(
                directory.resolve("Pulumi.dev.yaml"),
                "config:\n  test:needs: " + needs + "\n  pulumi:disable-default-providers: " + denied + "\n");
        return new OfflineEngine(PreviewedProgram.inline(DefaultProviderProgram::define))
                .preview(project, project.stack("dev"));
    }
}
