package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.preview.ProgramLaunch;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.JvmFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bytes for every caller, whatever the caller's locale, charset and time zone are. */
class AnyCallerTest {
    private static final int TIMEOUT_SECONDS = 120;

    @TempDir
    private static Path directory;

    private static Preview inEnglish;

    /** What a preview printed, and the plan that it kept. */
    private record Preview(String printed, String plan) {}

    @BeforeAll
    static void previewInEnglish() throws IOException, InterruptedException {
        // Outside of git, which would say what has changed since main.
        for (var file : List.of("Pulumi.yaml", "Pulumi.dev.yaml")) {
            Files.copy(Path.of(file), directory.resolve(file));
        }
        inEnglish = preview("en");
    }

    @Test
    void whatIsPrintedIsUtf8WhereTheCallersCharsetIsAscii() {
        Golden.named("dev.txt").matches(inEnglish.printed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa-IR", "tr-TR", "de-DE", "hi-IN-u-nu-deva"})
    void aPreviewIsTheSameInEveryLocale(String locale) throws IOException, InterruptedException {
        var preview = preview(locale);
        assertThat(differing(preview.printed(), inEnglish.printed())).isEmpty();
        assertThat(differing(preview.plan(), inEnglish.plan())).isEmpty();
    }

    /** What Pulumi's SDK, Google's provider or that of Kubernetes would read, if the program let them. */
    @Test
    void aPreviewIsTheSameWithWhateverIsInTheCallersEnvironment() throws IOException, InterruptedException {
        var environment = Map.of(
                "PULUMI_CONFIG", "{\"gcp:project\": \"of-the-caller\"}",
                "PULUMI_CONFIG_SECRET_KEYS", "[\"gcp:project\"]",
                "PULUMI_STACK", "of-the-caller",
                "GOOGLE_PROJECT", "of-the-caller",
                "GOOGLE_REGION", "of-the-caller",
                "GOOGLE_ZONE", "of-the-caller",
                "GOOGLE_CREDENTIALS", "of-the-caller",
                "GOOGLE_OAUTH_ACCESS_TOKEN", "of-the-caller",
                "KUBECONFIG", "of-the-caller",
                "BUILDKITE_AGENT_TOKEN", "of-the-caller");
        var plan = directory.resolve("environment.json");
        run(environment, flags(Locale.ENGLISH), "preview", "dev", "--out", plan.toString());
        assertThat(differing(Files.readString(plan), inEnglish.plan())).isEmpty();
    }

    @Test
    void aPreviewWithTheProgramInAProcessOfItsOwnIsTheSame() throws IOException, InterruptedException {
        var printed = run(Map.of(), flags(Locale.ENGLISH), "preview", "dev", "--isolated");
        assertThat(differing(printed, inEnglish.printed())).isEmpty();
    }

    /** The lines that are not as in the other text. */
    private static List<String> differing(String text, String other) {
        var lines = new ArrayList<>(text.lines().toList());
        lines.removeAll(other.lines().toList());
        return lines.isEmpty() && !text.equals(other) ? List.of("same lines, other bytes") : lines;
    }

    private static Preview preview(String locale) throws IOException, InterruptedException {
        var plan = Files.createTempFile(directory, "plan", ".json");
        var printed = run(Map.of(), flags(Locale.forLanguageTag(locale)), "preview", "dev", "--out", plan.toString());
        return new Preview(printed, Files.readString(plan));
    }

    private static List<String> flags(Locale locale) {
        return JvmFlags.with(
                "-Duser.language=" + locale.getLanguage(),
                "-Duser.country=" + locale.getCountry(),
                "-Duser.extensions=" + extensions(locale),
                "-Dfile.encoding=US-ASCII",
                "-Duser.timezone=Pacific/Kiritimati");
    }

    private static String extensions(Locale locale) {
        return locale.hasExtensions()
                ? Locale.UNICODE_LOCALE_EXTENSION + "-" + locale.getExtension(Locale.UNICODE_LOCALE_EXTENSION)
                : "";
    }

    /** The command line in a JVM with these flags, and so is a program that it starts. */
    private static String run(Map<String, String> environment, List<String> flags, String... arguments)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(flags);
        all.add("-D" + ProgramLaunch.JVM_FLAGS + "=" + String.join("\t", flags));
        var command = new ArrayList<>(
                ProgramLaunch.ofMainClass(FleetCommand.class.getName(), all).command());
        command.addAll(List.of("-C", directory.toString()));
        command.addAll(List.of(arguments));
        var out = Files.createTempFile(directory, "run", ".out");
        var builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " did not end");
        }
        assertThat(process.exitValue()).isZero();
        return Files.readString(out);
    }
}
