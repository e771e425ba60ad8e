package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

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
        var environment = Map.of("HOME", home.toString(), "PATH", pulumi(directory) + ":" + System.getenv("PATH"));
        var installed = Hooks.run(environment, Path.of("").toAbsolutePath(), List.of("sh", "-ec", commands.group(1)));
        assertThat(installed).isEqualTo(new Hooks.Run(0, ""));

        var hook = home.resolve(".buildkite-agent/hooks/pre-bootstrap").toString();
        for (var name : List.of("a push", "a pull request from a fork")) {
            var job = SafeBuildCase.named(name);
            var lines = EnvironmentFile.lines(directory, job.variables()).toString();
            assertThat(Hooks.run(Map.of("BUILDKITE_ENV_FILE", lines), directory, List.of(hook)))
                    .matches(run -> (run.exitCode() == 0) == job.isAllowed(), name);
        }
    }

    /** A directory with a pulumi that prints the policy of the table, and an empty line as the real one does. */
    private static Path pulumi(Path directory) throws Exception {
        var policy = Files.writeString(directory.resolve("policy"), SafeBuildCase.policy());
        var script = "#!/bin/sh\n[ \"$*\" = 'stack output safeBuilds --stack prod' ] && cat '" + policy + "' && echo\n";
        var pulumi = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("pulumi"), script);
        assertThat(pulumi.toFile().setExecutable(true)).isTrue();
        return pulumi.getParent();
    }
}
