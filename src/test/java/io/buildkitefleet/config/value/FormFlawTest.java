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
        "big_one, '\"_\" is not allowed as character 4'",
        "big one, a blank is not allowed",
        "big-, something is missing at its end"
    })
    void whatIsWrongIsTheFirstCharacterThatCannotStandThere(String text, String why) {
        assertThat(FormFlaw.of(text, LABEL)).contains(why);
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
        assertThat(FormFlaw.of("\uD83D\uDE80", LABEL)).contains("\"\uD83D\uDE80\" is not allowed at its beginning");
    }
}
