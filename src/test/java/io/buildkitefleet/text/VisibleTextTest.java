package io.buildkitefleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a plain line\n\tand another", "ümläut €", "日本語", "🎉 👩‍👩‍👧", "می‌خواهم", "\\u001b"})
    void whatIsSeenStays(String text) {
        assertThat(VisibleText.isVisible(text)).isTrue();
        assertThat(VisibleText.of(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "27, \\u001b",
        "13, \\u000d",
        "0, \\u0000",
        "127, \\u007f",
        "155, \\u009b",
        "8238, \\u202e",
        "8294, \\u2066",
        "8207, \\u200f",
        "8203, \\u200b",
        "65279, \\ufeff",
        "8232, \\u2028",
        "917569, \\udb40\\udc41",
        "65535, \\uffff",
        "55296, \\ud800"
    })
    void whatIsNotIsShown(int point, String shown) {
        var text = "a" + Character.toString(point) + "b";
        assertThat(VisibleText.isVisible(text)).isFalse();
        assertThat(VisibleText.of(text)).isEqualTo("a" + shown + "b");
        assertThat(JsonParser.parseString("\"" + VisibleText.of(text) + "\"").getAsString())
                .isEqualTo(text);
    }

    @Test
    void inALineThereIsNoOther() {
        assertThat(VisibleText.line("a\nfleet: all is well\u001b[8m"))
                .isEqualTo("a\\u000afleet: all is well\\u001b[8m");
    }
}
