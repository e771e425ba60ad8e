package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.identity.JobTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mac agent has the same hooks: the commands of its document put them there. */
class MacHooksTest {
    private static final Pattern COMMANDS =
            Pattern.compile("^```\\n(install -d .*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void theDocumentsCommandsInstallHooksThatWork(@TempDir Path directory) throws Exception {
        var commands = COMMANDS.matcher(Files.readString(Path.of("docs", "mac.md")));
        assertThat(commands.find()).isTrue();
        var home = Files.createDirectories(directory.resolve("home"));
        var environment = Map.of("HOME", home.toString(), "PATH", tools(directory) + ":" + System.getenv("PATH"));
        var installed = Hooks.run(environment, Path.of("").toAbsolutePath(), List.of("sh", "-ec", commands.group(1)));
        assertThat(installed).isEqualTo(new Hooks.Run(0, ""));

        var hooks = home.resolve(".buildkite-agent/hooks");
        var credentials = Hooks.run(
                Map.of("PATH", System.getenv("PATH"), "TMPDIR", directory.toString()),
                directory,
                List.of(hooks.resolve("google-credentials").toString()));
        assertThat(credentials.exitCode()).as(credentials.output()).isEqualTo(0);
        assertThat(Path.of(credentials.output().strip()).resolve("credentials.json"))
                .content()
                .contains("\"command\": \"" + hooks.resolve("google-token") + "\"");
        var hook = hooks.resolve("pre-bootstrap").toString();
        for (var name : List.of("a push", "a pull request from a fork")) {
            var job = SafeBuildCase.named(name);
            var lines = EnvironmentFile.lines(directory, job.variables()).toString();
            assertThat(Hooks.run(Map.of("BUILDKITE_ENV_FILE", lines), directory, List.of(hook)))
                    .matches(run -> (run.exitCode() == 0) == job.isAllowed(), name);
        }
    }

    /**
     * A directory with a pulumi that prints the policy of the table and who the jobs are, each with an empty line as
     * the real one does, and with an rsync that takes the home directory for that of the mac.
     */
    private static Path tools(Path directory) throws Exception {
        Files.writeString(directory.resolve("safeBuilds"), SafeBuildCase.policy());
        Files.writeString(directory.resolve("macIdentity"), JobTokens.settings("//iam.googleapis.com/x", "a@b"));
        tool(
                directory,
                "pulumi",
                "[ \"$1 $2 $4 $5\" = 'stack output --stack prod' ] && cat '" + directory + "'/$3 && echo");
        return tool(
                directory,
                "rsync",
                "[ \"$1 $3\" = '-a MAC:.buildkite-agent/hooks/' ] && mkdir -p \"$HOME/.buildkite-agent\""
                        + " && cp -R \"$2\" \"$HOME/.buildkite-agent/hooks\"");
    }

    private static Path tool(Path directory, String name, String script) throws Exception {
        var tool = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        return tool.getParent();
    }
}
