package io.buildkitefleet.page;

import java.util.Collections;
import java.util.List;

/** Pages to write. */
final class Pages {
    private Pages() {}

    /** One that has the same text from elsewhere in every place that takes one. */
    static Page everywhere(String foreign) {
        var line = Line.of("words ").code(foreign).text(" and ").code(foreign).text(" words");
        return new Page(
                line,
                List.of(new Block.Paragraph(line)),
                line,
                List.of(
                        new Block.Heading(line),
                        Block.Preformatted.of(foreign),
                        new Block.Items(List.of(new Block.Item(line, List.of(line, line)))),
                        Block.Table.of(
                                "caption", List.of("one", "#two"), List.of(List.of(line, line), List.of(line, line))),
                        new Block.Details(
                                "summary",
                                List.of(
                                        Block.Items.of(List.of(line, line)),
                                        Block.Table.of("inner", List.of("one"), List.of(List.of(line)))))));
    }

    /** One with a table of so many rows, and a fold with a list of as many items. */
    static Page ofLength(int length) {
        var row = List.of(Line.ofCode("name").text(" of something"), Line.of("what happens to it"));
        return new Page(
                Line.of("title"),
                List.of(new Block.Paragraph(Line.of("the verdict"))),
                Line.of("shortened"),
                List.of(
                        Block.Table.of("table", List.of("one", "two"), Collections.nCopies(length, row)),
                        new Block.Details(
                                "fold", List.of(Block.Items.of(Collections.nCopies(length, Line.ofCode("item")))))));
    }
}
