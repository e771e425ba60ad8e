package io.buildkitefleet.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GitTest {
    /** A hook of git's has the first two, and a job whose repository is another user's the others. */
    @Test
    void whereAnotherRepositoryIsIsForgottenAndHowGitIsToBeIsNot() {
        var process = new ProcessBuilder("git");
        var variables = Map.of(
                "GIT_DIR", "/elsewhere/.git",
                "GIT_INDEX_FILE", "/elsewhere/index",
                "GIT_CONFIG_COUNT", "1",
                "GIT_CONFIG_KEY_0", "safe.directory",
                "GIT_CONFIG_VALUE_0", "*",
                "GIT_CONFIG_GLOBAL", "/home/jane/gitconfig");
        process.environment().putAll(variables);

        Git.forgetRepository(process);

        assertThat(process.environment())
                .doesNotContainKeys("GIT_DIR", "GIT_INDEX_FILE")
                .contains(
                        Map.entry("GIT_CONFIG_COUNT", "1"),
                        Map.entry("GIT_CONFIG_KEY_0", "safe.directory"),
                        Map.entry("GIT_CONFIG_VALUE_0", "*"),
                        Map.entry("GIT_CONFIG_GLOBAL", "/home/jane/gitconfig"));
    }
}
