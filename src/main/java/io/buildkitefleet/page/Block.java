package io.buildkitefleet.page;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part of a page that stands on lines of its own. */
public sealed interface Block {
    /** This with lists and tables of at most so many items, which say how many they leave out. */
    default Block cut(int most) {
        return this;
    }

    /** How many items its longest list or table has. */
    default int length() {
        return 0;
    }

    /** Begins a part of the page. */
    record Heading(Line line) implements Block {}

    record Paragraph(Line line) implements Block {}

    /** Lines from elsewhere, as they are. */
    record Preformatted(List<Inline.Code> lines) implements Block {
        public Preformatted {
            lines = List.copyOf(lines);
        }

        public static Preformatted of(String foreign) {
            return new Preformatted(foreign.lines().map(Inline.Code::new).toList());
        }

        @Override
        public Preformatted cut(int most) {
            return lines.size() <= most
                    ? this
                    : new Preformatted(Stream.concat(
                                    lines.stream().limit(most), Stream.of(new Inline.Code(rest(lines.size() - most))))
                            .toList());
        }

        @Override
        public int length() {
            return lines.size();
        }
    }

    /**
     * A line of a list.
     *
     * @param below a list of its own
     */
    record Item(Line line, List<Line> below) {
        public Item {
            below = List.copyOf(below);
        }
    }

    record Items(List<Item> items) implements Block {
        public Items {
            items = List.copyOf(items);
        }

        public static Items of(List<Line> lines) {
            return new Items(
                    lines.stream().map(line -> new Item(line, List.of())).toList());
        }

        @Override
        public Items cut(int most) {
            return items.size() <= most
                    ? this
                    : new Items(Stream.concat(
                                    items.stream().limit(most),
                                    Stream.of(new Item(Line.of(rest(items.size() - most)), List.of())))
                            .toList());
        }

        @Override
        public int length() {
            return items.size();
        }
    }

    /** A column's heading, and whether it holds numbers. */
    record Column(String heading, boolean isNumber) {}

    /**
     * Rows of cells, the first of which says what the row is about.
     *
     * @param caption words of ours
     */
    record Table(String caption, List<Column> columns, List<List<Line>> rows) implements Block {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }

        /** @param headings those of numbers begin with {@code #} */
        public static Table of(String caption, List<String> headings, List<List<Line>> rows) {
            var columns = headings.stream()
                    .map(heading -> new Column(
                            heading.startsWith("#") ? heading.substring(1) : heading, heading.startsWith("#")))
                    .toList();
            return new Table(caption, columns, rows);
        }

        @Override
        public Table cut(int most) {
            if (rows.size() <= most) {
                return this;
            }
            var rest = Stream.concat(
                            Stream.of(Line.of(rest(rows.size() - most))),
                            Collections.nCopies(columns.size() - 1, Line.of("")).stream())
                    .toList();
            return new Table(
                    caption,
                    columns,
                    Stream.concat(rows.stream().limit(most), Stream.of(rest)).toList());
        }

        @Override
        public int length() {
            return rows.size();
        }
    }

    /** What is shown to those who ask for it. */
    record Details(String summary, List<Block> blocks) implements Block {
        public Details {
            blocks = List.copyOf(blocks);
        }

        @Override
        public Details cut(int most) {
            return new Details(
                    summary, blocks.stream().map(block -> block.cut(most)).collect(Collectors.toList()));
        }

        @Override
        public int length() {
            return blocks.stream().mapToInt(Block::length).max().orElse(0);
        }
    }

    private static String rest(int number) {
        return number + " more, left out here";
    }
}
