package io.buildkitefleet.output;

import io.buildkitefleet.text.VisibleText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What goes to a terminal, whoever wrote it: what a terminal would obey is shown instead. In UTF-8, for what is written
 * must not depend on the locale of whoever asks for it.
 */
public final class VisibleWriter extends FilterWriter {
    /** The colours and weights that our own text is made of, and the ends of these. */
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[(?:0|1|2|21|22|3[1-7]|39)m");

    private final boolean coloured;

    /** @param coloured whether our own text is */
    public VisibleWriter(OutputStream out, boolean coloured) {
        super(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.coloured = coloured;
    }

    @Override
    public void write(int character) throws IOException {
        write(new char[] {(char) character}, 0, 1);
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        write(new String(characters, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        var part = text.substring(offset, offset + length);
        if (!coloured) {
            out.write(VisibleText.of(part));
            return;
        }
        var colours = COLOUR.matcher(part);
        var end = 0;
        while (colours.find()) {
            out.write(VisibleText.of(part.substring(end, colours.start())));
            out.write(colours.group());
            end = colours.end();
        }
        out.write(VisibleText.of(part.substring(end)));
    }

    @Override
    public Writer append(CharSequence text) throws IOException {
        write(String.valueOf(text));
        return this;
    }
}
