package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The command of the queue that signs, in each shell that the image of a job may have, with an agent that only tells.
 */
class UploadShellsTest {
    private static final String UPLOAD = "buildkite-agent pipeline upload";

    @TempDir
    Path directory;

    private Hooks hooks;
    private GitRepository repository;
    private Path key;

    static List<List<String>> shells() {
        return PosixHooksTest.shells().toList();
    }

    @BeforeEach
    void anAgentThatTellsWhatItIsGiven() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        hooks = Hooks.ofUpload(directory.resolve("hooks"), SafeBuildCase.policy());
        repository = GitRepository.in(directory.resolve("checkout"));
        key = Files.createFile(
                directory.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        program(
                directory.resolve("bin/buildkite-agent"),
                "printf 'arguments: %s\n' \"$*\"; env | grep '^BUILDKITE\\|^FLEET\\|^COLOUR' | sort; cat");
        program(
                repository.directory().resolve(".buildkite/generate"),
                "echo \"steps as $(id -un): $BUILDKITE_MESSAGE\"");
        Files.writeString(repository.directory().resolve(".buildkite/pipeline.yml"), "steps in a file\n");
        repository.git("add", ".buildkite");
        repository.commit("echo ours");
        Files.writeString(repository.directory().resolve(".buildkite/pipeline.yml"), "steps that somebody changed\n");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theAgentGetsTheFileOfTheCommitAndTheFactsOfTheBuild(List<String> shell) throws Exception {
        var run = run(shell, UPLOAD + " --replace");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .isEqualTo("""
                        arguments: pipeline upload --replace --jwks-file KEY --jwks-key-id key-1
                        BUILDKITE_AGENT_ACCESS_TOKEN=access
                        BUILDKITE_AGENT_ENDPOINT=http://127.0.0.1:1
                        BUILDKITE_BRANCH=main
                        BUILDKITE_COMMIT=HASH
                        BUILDKITE_MESSAGE=${BUILDKITE_MESSAGE}
                        BUILDKITE_NO_HTTP2=false
                        steps in a file
                        """.replace("KEY", key.toString()).replace("HASH", repository.git("rev-parse", "HEAD")));
    }

    /** What a process is called with, every other one can read. */
    @ParameterizedTest
    @MethodSource("shells")
    void theJobsAccessIsNoArgumentOfAProgram(List<String> shell) throws Exception {
        var calls = directory.resolve("calls");
        program(directory.resolve("bin/env"), "printf '%s\n' \"$*\" >>'" + calls + "'\nexec /usr/bin/env \"$@\"");

        var run = run(shell, UPLOAD);

        assertThat(run.output()).contains("BUILDKITE_AGENT_ACCESS_TOKEN=access\n");
        assertThat(calls).content().contains("BUILDKITE_BRANCH=main").doesNotContain("=access");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aScriptRunsAsNobody(List<String> shell) throws Exception {
        var run = run(shell, "./.buildkite/generate | " + UPLOAD);
        if (System.getProperty("user.name").equals("root")) {
            assertThat(run.output()).endsWith("steps as nobody: it's\nCOLOUR=red\n");
        } else {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output()).contains("fleet: refused: its image cannot run a script as nobody");
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void nothingElseRuns(List<String> shell) throws Exception {
        var run = run(shell, UPLOAD + " " + key);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .startsWith("fleet: refused: this queue runs nothing but buildkite-agent pipeline upload");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aFileThatTheCommitLacksIsToldByItsName(List<String> shell) throws Exception {
        Files.writeString(repository.directory().resolve("loose.yml"), "steps\n");
        var run = run(shell, UPLOAD + " loose.yml");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .isEqualTo("fleet: refused: the commit has no file loose.yml (docs/signed-pipelines.md)\n");
    }

    private Hooks.Run run(List<String> shell, String command) throws Exception {
        var environment = new TreeMap<String, String>();
        environment.put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("HOME", directory.toString());
        environment.put(
                "TMPDIR", Files.createDirectories(directory.resolve("tmp")).toString());
        environment.put("BUILDKITE_HOOKS_PATH", hooks.directory().toString());
        environment.put("BUILDKITE_BIN_PATH", directory.resolve("bin").toString());
        environment.put("BUILDKITE_BUILD_CHECKOUT_PATH", repository.directory().toString());
        environment.put("BUILDKITE_AGENT_JWKS_FILE", key.toString());
        environment.put("BUILDKITE_AGENT_JWKS_KEY_ID", "key-1");
        environment.put("BUILDKITE_AGENT_ACCESS_TOKEN", "access");
        environment.put("BUILDKITE_AGENT_ENDPOINT", "http://127.0.0.1:1");
        environment.put("BUILDKITE_PIPELINE_REPLACE", "true");
        environment.put("BUILDKITE_GIT_FETCH_FLAGS", "-v");
        environment.put("BUILDKITE_COMMIT", "HEAD");
        environment.put("BUILDKITE_BRANCH", "main");
        environment.put("BUILDKITE_MESSAGE", "it's\nCOLOUR=red");
        environment.put("COLOUR", "blue");
        environment.put("FLEET_QUEUE", "upload");
        environment.put("BUILDKITE_COMMAND", command);
        var words = new ArrayList<>(shell);
        words.addAll(List.of("-c", ". \"$1\"", "wrapper", hooks.file("command").toString()));
        return Hooks.run(environment, repository.directory(), words);
    }

    private static void program(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
