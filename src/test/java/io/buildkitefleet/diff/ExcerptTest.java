package io.buildkitefleet.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.resources.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
    private static final String LONG = "set -eu; fetch the commit, and look at what came; ".repeat(20);

    @Test
    void whatFitsIsShownWhole() {
        var change = change("\"" + "a".repeat(58) + "\"", "\"" + "a".repeat(57) + "b\"");

        assertThat(change.shortened(60)).isEqualTo(change);
    }

    @Test
    void aDifferenceNearTheBeginningIsShownThere() {
        var shown = change("set -eu; " + LONG, "set -u; " + LONG).shortened(60);

        assertThat(shown.before()).startsWith("set -eu; ").endsWith("…").hasSize(60);
        assertThat(shown.after()).startsWith("set -u; ").endsWith("…").hasSize(60);
    }

    @ParameterizedTest
    @ValueSource(ints = {35, 39, 40, 41, 58, 59, 60, 61, 500, 998, 1000})
    void aDifferenceFurtherOnIsShownWithWhatIsBeforeIt(int at) {
        var shown = change(LONG.substring(0, at) + "OLD" + LONG, LONG.substring(0, at) + "NEW" + LONG)
                .shortened(60);

        assertThat(shown.before()).contains("OLD").hasSizeLessThanOrEqualTo(60);
        assertThat(shown.after()).contains("NEW").hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void whatIsAddedAtTheEndIsShown() {
        var shown = change(LONG, LONG + "exit 1").shortened(60);

        assertThat(shown.before()).isEqualTo("… look at what came; ");
        assertThat(shown.after()).isEqualTo("… look at what came; exit 1");
    }

    @Test
    void whatIsNewOrGoneIsShownFromItsBeginning() {
        assertThat(change("", LONG).shortened(60).after())
                .startsWith("set -eu;")
                .endsWith("…")
                .hasSize(60);
        assertThat(change(LONG, "").shortened(60).before())
                .startsWith("set -eu;")
                .hasSize(60);
    }

    @Test
    void noCharacterIsCutInHalf() {
        var faces = "\uD83D\uDE00".repeat(100);
        for (int more = 0; more < 2; more++) {
            var shown = change("x".repeat(more) + faces + "OLD", "x".repeat(more) + faces + "NEW")
                    .shortened(60);

            assertThat(shown.before()).contains("OLD");
            assertThat(shown.before().codePoints().noneMatch(ExcerptTest::isHalf))
                    .isTrue();
            assertThat(change("", "x".repeat(more) + faces)
                            .shortened(60)
                            .after()
                            .codePoints()
                            .noneMatch(ExcerptTest::isHalf))
                    .isTrue();
        }
    }

    private static boolean isHalf(int point) {
        return Character.getType(point) == Character.SURROGATE;
    }

    private static PropertyChange change(String before, String after) {
        return new PropertyChange("args[0]", before, after, Effect.UPDATE);
    }
}
