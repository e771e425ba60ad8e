package io.buildkitefleet.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class VisibleWriterTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingThatATerminalObeysArrives(boolean coloured) {
        assertThat(written("\u001B]0;title\u0007\u001B[2J\u001B[8m\u009B1m\r\u202E ümläut 🎉\n", coloured))
                .isEqualTo("\\u001b]0;title\\u0007\\u001b[2J\\u001b[8m\\u009b1m\\u000d\\u202e ümläut 🎉\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bold", "bold,red", "yellow", "green", "faint"})
    void ourOwnColoursDo(String style) {
        var text = Ansi.ON.string("@|" + style + " DANGER|@ of \u001B[2J");
        assertThat(written(text, true)).isEqualTo(text.replace("\u001B[2J", "\\u001b[2J"));
    }

    @Test
    void whereThereAreNoColoursNoneArrives() {
        assertThat(written(Ansi.ON.string("@|red x|@"), false)).startsWith("\\u001b[31m");
    }

    @Test
    void howeverItIsWritten() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new VisibleWriter(bytes, true)) {
            writer.write(0x1B);
            writer.write("\u001B[2J".toCharArray());
            writer.append("\u202E").append('\u009B').append("\r\n", 0, 1);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("\\u001b\\u001b[2J\\u202e\\u009b\\u000d");
    }

    private static String written(String text, boolean coloured) {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new PrintWriter(new VisibleWriter(bytes, coloured), true)) {
            writer.print(text);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
