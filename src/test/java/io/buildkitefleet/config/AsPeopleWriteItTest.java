package io.buildkitefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Values as people write them, and what is said of each behind what was got: a hint where it is sure, or nothing. */
class AsPeopleWriteItTest {
    private static final String TABLE = "/config/as-people-write-it.csv";

    /** A value in a hint; names in capitals stand for what a person has to choose. */
    private static final Pattern SUGGESTED = Pattern.compile(
            "(?:write(?: it)?(?: as)?|or as|without blanks:|number alone:|missing:|behind the host:|, or| is) "
                    + "(?<value>(?=[a-z0-9.-]*[:/.0-9])(?!.*[A-Z]{6})[A-Za-z0-9@:/._-]+)(?=,| if |$)");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = TABLE, delimiter = '|', numLinesToSkip = 1)
    void aHintIsWhatIsSureAndNoMore(String key, String value, String hint) {
        assertThat(said(key, value)).isEqualTo(hint == null ? "" : "; " + hint);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = TABLE, delimiter = '|', numLinesToSkip = 1)
    void whatAHintSuggestsIsAccepted(String key, String value, String hint) {
        var suggested = SUGGESTED.matcher(String.valueOf(hint));
        while (suggested.find()) {
            assertThat(BadStack.problems(stack(key, "'" + suggested.group("value") + "'")))
                    .as(suggested.group("value"))
                    .isEmpty();
        }
    }

    /** What is behind what was got. */
    private static String said(String key, String value) {
        var problems = BadStack.problems(stack(key, value));
        assertThat(problems).as(key + ": " + value).hasSize(1);
        return problems.get(0)
                .message()
                .replaceFirst(
                        "(?s)^.*?, got (?:\"(?:[^\"\\\\]|\\\\.)*\"|\\S+?(?=;|$))(?:, without the user and password that are in it)?",
                        "");
    }

    private static Stacks stack(String key, String value) {
        return Stacks.minimal()
                .with("cluster.securityGroup", "gke-security-groups@acme.com")
                .with(key.replace("[]", ""), key.endsWith("[]") ? "[" + value + "]" : value);
    }
}
