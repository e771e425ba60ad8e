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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
        "'./fleet completion z', zsh"
    })
    void aWordIsCompleted(String line, String completed) throws Exception {
        assertThat(completions(line)).contains(completed);
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
        assertThat(err.toString()).contains("SHELL", "'fish'");
    }

    /** As bash asks for them: the function that stands for the command, with the words so far. */
    private String completions(String line) throws IOException, InterruptedException {
        var file = Files.writeString(directory.resolve("completion"), script("bash"));
        var words = line.split(" ");
        var asking = """
                source "$1"
                shift
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
                function_of_it="$(complete -p fleet)"
                function_of_it="${function_of_it#*-F }"
                "${function_of_it%% *}"
                printf '%s\n' "${COMPREPLY[@]}"
                """;
        var command = new ArrayList<>(List.of("bash", "-c", asking, "bash", file.toString()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static String script(String shell) {
        var out = new StringWriter();
        assertThat(FleetCommand.commandLine().setOut(new PrintWriter(out)).execute("completion", shell))
                .isZero();
        return out.toString();
    }
}
