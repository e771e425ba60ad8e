package io.buildkitefleet.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as the same repository, here and in the hook that decides about a job. */
class RepositoryTest {
    @ParameterizedTest
    @CsvSource({
        "git@github.com:acme/app.git, github.com/acme/app",
        "git@github.com:acme/app, github.com/acme/app",
        "https://github.com/acme/app.git, github.com/acme/app",
        "https://github.com/acme/app, github.com/acme/app",
        "ssh://git@github.com/acme/app.git, github.com/acme/app",
        "ssh://git@git.example.com:2222/group/sub/app.git, git.example.com:2222/group/sub/app",
        "git@github.com:2222/acme/app.git, github.com/2222/acme/app",
        "https://github.com/Acme/App.v2.git, github.com/Acme/App.v2",
        "https://github.com/acme/app.git.git, github.com/acme/app.git"
    })
    void anAddressIsComparedByHostAndPath(String address, String normalForm) throws Exception {
        assertThat(Repository.parse(address)).map(Repository::normalForm).hasValue(normalForm);
        assertThat(normalFormOfTheHook(address)).isEqualTo(normalForm);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                "acme/app",
                "github.com/acme/app",
                "https://github.com/app",
                "https://github.com/acme/app/",
                "https://github.com//acme/app",
                "https://github.com/acme/../app",
                "https://github.com/acme/.app",
                "https://x:y@github.com/acme/app",
                "https://git@github.com/acme/app",
                "jane@github.com:acme/app",
                "ssh://github.com/acme/app",
                "ssh://jane@github.com/acme/app",
                "http://github.com/acme/app",
                "git://github.com/acme/app",
                "file:///acme/app",
                "git@github.com:/acme/app",
                "git@github.com:~jane/app",
                "git@GitHub.com:acme/app",
                "https://github.com:/acme/app",
                "https://github.com:123456/acme/app",
                "https://github.com/acme%2fapp/x",
                "https://github.com/acme/app?x",
                "https://github.com/acme/app#x",
                "git@github.com:acme/app\n",
                "git@github.com:acme/app.git\nx",
                " git@github.com:acme/app",
                "git@github.com.:acme/app",
                "git@-github.com:acme/app",
                "git@github.com:acme/\u0430pp"
            })
    void whatIsNotPlainlyARepositoryIsNone(String address) throws Exception {
        assertThat(Repository.parse(address)).isEmpty();
        assertThat(normalFormOfTheHook(address)).isEmpty();
    }

    /** GitLab has groups within groups. */
    @ParameterizedTest
    @CsvSource({
        "https://gitlab.com/acme/team/app, true",
        "https://git.example.com/acme/team/app/tree, true",
        "https://github.com/acme/app, true",
        "https://github.com/acme/app/tree/main, false",
        "ssh://git@ssh.github.com:443/acme/app/tree, false"
    })
    void aPageAboutARepositoryIsNone(String address, boolean isOne) {
        assertThat(Repository.NOTATION.parse(address).isPresent()).isEqualTo(isOne);
        assertThat(Repository.ADDRESS.parse(address).isPresent()).isEqualTo(isOne);
    }

    private static String normalFormOfTheHook(String address) throws Exception {
        var process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "LC_ALL=C; source src/main/resources/hooks/lib.sh; normal_form \"$1\"",
                        "-",
                        address)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
