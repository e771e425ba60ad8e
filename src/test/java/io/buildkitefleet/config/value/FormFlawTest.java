package io.buildkitefleet.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Forms;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormFlawTest {
    private static final Pattern LABEL = Forms.LABEL;

    @ParameterizedTest
    @CsvSource({
        "'', it is empty",
        "' big', leave out the blanks around it",
        "Big, capital letters are not allowed",
        "1big, '\"1\" is not allowed at its beginning'",
        "-big, '\"-\" is not allowed at its beginning'",
        "big_one, '\"_\" is not allowed'",
        "a_b_c, '\"_\" is not allowed'",
        "big one, blanks are not allowed",
        "Big one, capital letters and blanks are not allowed",
        "big_one.two, '\"_\" and \".\" are not allowed'",
        "gr\u00fcn, '\"\u00fc\" is not allowed'",
        "big-, '\"-\" is not allowed at its end'"
    })
    void theCharactersAreNamedButForWhichATextWouldHaveTheForm(String text, String why) {
        assertThat(FormFlaw.of(text, LABEL)).contains(why);
    }

    /** The first character that leaves the form is not what is wrong with them. */
    @ParameterizedTest
    @CsvSource({
        "us-west, [a-z]+-[a-z]+[0-9]",
        "us-west-1, [a-z]+-[a-z]+[0-9]",
        "github.com/acme/app, git@[a-z.]+:[a-z/]+",
        "refs/heads/main, (?!refs/)[a-z/]+",
        "HEAD, (?!HEAD$)[A-Za-z]+",
        "https://buildkite.com/acme, [a-z]+",
        "GitHub.com/Jane, [a-z.]+/[A-Za-z]+"
    })
    void nothingIsSaidOfATextThatHasAnotherFormAltogether(String text, Pattern form) {
        assertThat(FormFlaw.of(text, form)).isEmpty();
    }

    @Test
    void whatMatchesHasNoFlaw() {
        assertThat(FormFlaw.of("big", LABEL)).isEmpty();
    }

    @Test
    void nobodyCountsTheCharactersOfALongText() {
        assertThat(FormFlaw.of("a".repeat(300) + "_", LABEL)).isEmpty();
    }

    @Test
    void aCharacterOfTwoHalvesIsShownWhole() {
        assertThat(FormFlaw.of("\uD83D\uDE80big", LABEL)).contains("\"\uD83D\uDE80\" is not allowed at its beginning");
    }
}
