package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
        assertThat(completions(line)).contains(completed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY/fleet diff p",
                "COPY/fleet preview p",
                "COPY/fleet check p",
                "COPY/fleet review dev p",
                "COPY/fleet encrypt big TOKEN --stack p",
                "/elsewhere/fleet -C COPY diff p",
                "/elsewhere/fleet --cwd=COPY diff p"
            })
    void stacksAreThoseOfTheProjectWhenTheyAreCompleted(String line) throws Exception {
        var copy = Files.createDirectory(directory.resolve("copy"));
        for (var file :
                List.of("fleet", "Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.pay-roll.yaml", "Pulumi.dev.yaml")) {
            Files.createFile(copy.resolve(file));
        }
        assertThat(completions(line.replace("COPY", copy.toString()))).containsExactly("pay-roll", "prod");
    }

    @Test
    void aFileThatOthersExtendIsNoStack() throws Exception {
        Files.createFile(directory.resolve("fleet"));
        stack("Pulumi.base.yaml", "");
        stack("Pulumi.floor.yaml", "extends: Pulumi.other.yaml # extends: Pulumi.dev.yaml\n");
        stack("Pulumi.other.yaml", "");
        stack("Pulumi.dev.yaml", "extends: ./Pulumi.base.yaml\n");
        stack("Pulumi.prod.yaml", "{\"extends\": \"Pulumi.floor.yaml\", region: us-west1}\n");
        // Of another directory.
        stack("Pulumi.lab.yaml", "extends: shared/Pulumi.dev.yaml\n");

        assertThat(completions(directory + "/fleet diff ")).containsExactly("dev", "lab", "prod");
    }

    private void stack(String file, String fleet) throws IOException {
        Files.writeString(
                directory.resolve(file),
                "config:\n  buildkite-fleet:fleet:" + (fleet.startsWith("{") ? " " : "\n    ") + fleet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stackConfigDir: stacks", "stackConfigDir: './stacks/'  # here", "config: stacks"})
    void stacksAreInTheDirectoryThatTheProjectNames(String setting) throws Exception {
        Files.createFile(directory.resolve("fleet"));
        Files.createDirectory(directory.resolve("stacks"));
        Files.writeString(directory.resolve("Pulumi.yaml"), "name: acme\nruntime: java\n" + setting + "\n");
        stack("Pulumi.other.yaml", "");
        stack("stacks/Pulumi.base.yaml", "");
        stack("stacks/Pulumi.dev.yaml", "extends: stacks/Pulumi.base.yaml\n");

        assertThat(completions(directory + "/fleet diff ")).containsExactly("dev");
    }

    /** Bash keeps what stands before the last sign at which it cuts, so that is no part of an answer. */
    @ParameterizedTest
    @CsvSource({
        "'./fleet init ci --like=s', small",
        "'./fleet init ci --region=us-west2', us-west2",
        "'./fleet init ci --region us-west2', us-west2",
        "'./fleet init ci --like=small --region us-west2', us-west2",
        "'./fleet check dev --format=s', sarif",
        "'./fleet explain pools.big.ma', pools.big.max",
        "'./fleet explain queues.big.clusters.na', queues.big.clusters.name",
        "'./fleet explain buildkite-fleet:a', agentToken",
        "'./fleet explain gcp:proj', project",
        "'./fleet explain buildkite-fleet:fleet.reg', fleet.region",
        "'./fleet explain buildkite-fleet:fleet.pools.big.ma', fleet.pools.big.max"
    })
    void aWordAtWhoseSignsBashCutsIsCompleted(String line, String completed) throws Exception {
        assertThat(completions(line)).contains(completed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"./fleet explain cluster.big.ma", "./fleet explain gcp:region.x", "./fleet explain pools.<"})
    void nothingIsOfferedWhereThereIsNothing(String line) throws Exception {
        assertThat(completions(line)).containsOnly("");
    }

    @Test
    void allChoicesAreOfferedBehindASign() throws Exception {
        assertThat(completions("./fleet init ci --like=")).containsExactly("small", "prod");
        assertThat(completions("./fleet explain buildkite-fleet:"))
                .containsExactlyInAnyOrder("agentToken", "signingKey", "untrustedAgentToken");
    }

    @Test
    void theHelpNamesTheScriptWhereverOneIs() {
        var out = new StringWriter();
        FleetCommand.commandLine().setOut(new PrintWriter(out)).execute("completion", "--help");
        assertThat(out.toString())
                .contains("  source <('"
                        + System.getProperty(FleetCommand.PROJECT, "/path/to/buildkite-fleet")
                        + "/fleet' completion bash)\n");
    }

    @Test
    void aProjectWithoutStacksCompletesNone() throws Exception {
        Files.createFile(directory.resolve("fleet"));

        assertThat(completions(directory + "/fleet diff ")).containsOnly("");
    }

    @Test
    void theNewStackOfInitIsNoneThatIsThere() throws Exception {
        assertThat(completions("./fleet init de")).containsOnly("");
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

    /** As bash asks for them: the function that stands for the command, with the line cut where bash cuts it. */
    private List<String> completions(String line) throws IOException, InterruptedException {
        var file = Files.writeString(directory.resolve("completion"), script("bash"));
        var asking = """
                source "$1"
                compopt() { :; }
                COMP_LINE="$2" COMP_POINT=${#2}
                mapfile -t COMP_WORDS < <(grep -oE '[^ =:<]+|[=:<]+' <<<"$2")
                [[ "$2" != *' ' ]] || COMP_WORDS+=('')
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                function_of_it="$(complete -p fleet)"
                function_of_it="${function_of_it#*-F }"
                "${function_of_it%% *}"
                printf '%s\n' "${COMPREPLY[@]}"
                """;
        var process = new ProcessBuilder("bash", "-c", asking, "bash", file.toString(), line)
                .redirectErrorStream(true)
                .start();
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
