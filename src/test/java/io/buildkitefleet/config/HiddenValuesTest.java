package io.buildkitefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that somebody wrote into the file by mistake: no message shows them. */
class HiddenValuesTest {
    private static final String GITHUB = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";

    @ParameterizedTest
    @ValueSource(
            strings = {
                GITHUB,
                "AKIAIOSFODNN7EXAMPLE",
                "sk-proj-abcdefghij0123456789klmn",
                "d41d8cd98f00b204e9800998ecf8427e"
            })
    void aSecretWhereItsNameBelongsIsRefusedAndNotShown(String secret) {
        var stack = Stacks.minimal()
                .with("queues.big.secrets", "{TOKEN: \"" + secret + "\"}")
                .with("checkout.sshKey", "\"" + secret + "\"");

        assertThat(BadStack.problems(stack))
                .hasSize(2)
                .extracting(Problem::line)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "must be the NAME of a secret",
                                secret.length() + " characters not shown here",
                                "take it out of the file")
                        .doesNotContain(secret));
    }

    @ParameterizedTest
    @CsvSource({
        "forkOwners, https://x:hunter2@github.com/jane",
        "forkOwners, https://x:" + GITHUB + "@github.com/jane",
        "repositories, https://bob:hunter2@github.com/acme/app.git",
        "repositories, bob:hunter2@github.com/acme/app.git"
    })
    void anAddressIsShownWithoutUserAndPassword(String key, String address) {
        assertThat(BadStack.problems(Stacks.minimal().with(key, "[\"" + address + "\"]")))
                .singleElement()
                .extracting(Problem::line)
                .satisfies(line -> assertThat(line)
                        .contains("***@github.com/", "leave out user and password")
                        .doesNotContain("hunter2", GITHUB, "as character"));
    }

    @ParameterizedTest
    @CsvSource({
        "region, " + GITHUB,
        "queues.big.pool, " + GITHUB,
        "queues.big.tags, {team: '" + GITHUB + " x'}",
        "queues.big.secrets, {" + GITHUB + ": token}",
        GITHUB + ", 1"
    })
    void aTokenIsShownNowhere(String key, String value) {
        assertThat(BadStack.problems(Stacks.minimal().with(key, value)))
                .isNotEmpty()
                .extracting(Problem::line)
                .allSatisfy(line -> assertThat(line).contains("***").doesNotContain(GITHUB));
    }
}
