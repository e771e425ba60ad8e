package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bash completes when it has read the script. */
class CompletionCommandTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "'./fleet pre', preview",
        "'./fleet dif', diff",
        "'./fleet be', bench",
        "'./fleet preview --sum', --summary",
        "'./fleet diff --exit', --exit-code",
        "'./fleet completion z', zsh",
        "'./fleet init ci --like s', small",
        "'./fleet check dev --format s', sarif",
        "'./fleet check dev --fail-on h', high",
        "'./fleet cost dev --at l', load",
        "'./fleet roles dev --role u', up",
        "'./fleet up dev --at-drain-limit s', stop",
        "'./fleet explain queues.ima', queues.image",
        "'./fleet explain agentT', agentToken"
    })
    void aWordIsCompleted(String line, String completed) throws Exception {
        assertThat(completions(List.of(line.split(" ")))).contains(completed);
    }

    /** As the shell has cut the words of the line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY/fleet diff p",
                "COPY/fleet preview p",
                "COPY/fleet check p",
                "COPY/fleet review dev p",
                "COPY/fleet encrypt big TOKEN --stack p",
                "/elsewhere/fleet -C COPY diff p",
                "/elsewhere/fleet --cwd = COPY diff p"
            })
    void stacksAreThoseOfTheProjectWhenTheyAreCompleted(String line) throws Exception {
        var copy = Files.createDirectory(directory.resolve("a copy"));
        for (var file :
                List.of("fleet", "Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.pay-roll.yaml", "Pulumi.dev.yaml")) {
            Files.createFile(copy.resolve(file));
        }
        assertThat(completions(Stream.of(line.split(" "))
                        .map(word -> word.replace("COPY", copy.toString()))
                        .toList()))
                .containsExactly("pay-roll", "prod");
    }

    @Test
    void aProjectWithoutStacksCompletesNone() throws Exception {
        Files.createFile(directory.resolve("fleet"));

        assertThat(completions(List.of(directory.resolve("fleet").toString(), "diff", "")))
                .containsOnly("");
    }

    @Test
    void theNewStackOfInitIsNoneThatIsThere() throws Exception {
        assertThat(completions(List.of("./fleet", "init", "de"))).containsOnly("");
    }

    @ParameterizedTest
    @EnumSource(CompletionCommand.Shell.class)
    void eachShellGetsAScriptThatKnowsWhereItIs(CompletionCommand.Shell shell) {
        assertThat(script(shell.name().toLowerCase(Locale.ROOT))).contains("ZSH_VERSION", "complete -F");
    }

    @Test
    void anotherShellIsRefused() {
        var err = new StringWriter();
        assertThat(FleetCommand.commandLine().setErr(new PrintWriter(err)).execute("completion", "fish"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("(SHELL): must be one of bash, zsh, got fish");
    }

    /** As bash asks for them: the function that stands for the command, with the words so far. */
    private List<String> completions(List<String> words) throws IOException, InterruptedException {
        var file = Files.writeString(directory.resolve("completion"), script("bash"));
        var asking = """
                source "$1"
                shift
                compopt() { :; }
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
                function_of_it="$(complete -p fleet)"
                function_of_it="${function_of_it#*-F }"
                "${function_of_it%% *}"
                printf '%s\n' "${COMPREPLY[@]}"
                """;
        var command = new ArrayList<>(List.of("bash", "-c", asking, "bash", file.toString()));
        command.addAll(words);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }

    private static String script(String shell) {
        var out = new StringWriter();
        assertThat(FleetCommand.commandLine().setOut(new PrintWriter(out)).execute("completion", shell))
                .isZero();
        return out.toString();
    }
}
