package io.buildkitefleet.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Text on one line: of ours and from elsewhere, told apart. */
public record Line(List<Inline> parts) {
    private static final int MOST = 5;

    public Line {
        parts = List.copyOf(parts);
    }

    /** Words of ours. */
    public static Line of(String words) {
        return new Line(words.isEmpty() ? List.of() : List.of(new Inline.Text(words)));
    }

    /** Text from elsewhere. */
    public static Line ofCode(String foreign) {
        return of("").code(foreign);
    }

    /** Up to five texts from elsewhere, or the first four and how many more there are. */
    public static Line someOf(List<String> foreign) {
        return foreign.size() <= MOST
                ? of("").codes(foreign)
                : of("").codes(foreign.subList(0, MOST - 1)).text(" and " + (foreign.size() - MOST + 1) + " more");
    }

    public Line text(String words) {
        return with(new Inline.Text(words));
    }

    public Line strong(String words) {
        return with(new Inline.Strong(words));
    }

    public Line code(String foreign) {
        return foreign.isEmpty() ? this : with(new Inline.Code(foreign));
    }

    /** Texts from elsewhere, with commas between them. */
    public Line codes(List<String> foreign) {
        var line = this;
        for (int i = 0; i < foreign.size(); i++) {
            line = (i == 0 ? line : line.text(", ")).code(foreign.get(i));
        }
        return line;
    }

    public Line line(Line other) {
        var all = new ArrayList<>(parts);
        all.addAll(other.parts);
        return new Line(all);
    }

    private Line with(Inline part) {
        return line(new Line(List.of(part)));
    }

    /** Without forms. */
    String plain() {
        return parts.stream().map(Inline::text).collect(Collectors.joining());
    }
}
