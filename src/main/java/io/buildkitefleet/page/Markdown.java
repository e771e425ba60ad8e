package io.buildkitefleet.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page in GitHub's Markdown, which Buildkite's annotations take as well: https://github.github.com/gfm/ */
public final class Markdown {
    /** What has a meaning somewhere in a line. */
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>|~&$]");

    private static final Pattern TICKS = Pattern.compile("`+");

    private Markdown() {}

    /**
     * A page of at most so many bytes: what is folded is cut first, then what is shown. What is cut says so, and markup
     * stays whole.
     *
     * @param bytes of UTF-8; a lead that alone has more is not cut
     */
    public static String of(Page page, int bytes) {
        var whole = of(page);
        if (fits(whole, bytes)) {
            return whole;
        }
        var length = page.length();
        if (fits(of(page.cut(length, 0)), bytes)) {
            return of(page.cut(length, largest(length, folded -> fits(of(page.cut(length, folded)), bytes))));
        }
        return of(page.cut(largest(length, shown -> fits(of(page.cut(shown, 0)), bytes)), 0));
    }

    private static boolean fits(String text, int bytes) {
        return text.getBytes(StandardCharsets.UTF_8).length <= bytes;
    }

    /** The largest number up to the limit that is good, if smaller ones are as well. */
    private static int largest(int limit, IntPredicate isGood) {
        int good = 0;
        for (int bad = limit + 1; bad - good > 1; ) {
            var middle = (good + bad) >>> 1;
            if (isGood.test(middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    private static String of(Page page) {
        return Stream.concat(
                        Stream.of("## " + line(page.title())),
                        Stream.concat(page.lead().stream(), page.body().stream())
                                .map(Markdown::block))
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static String block(Block block) {
        if (block instanceof Block.Heading heading) {
            return "### " + line(heading.line());
        }
        if (block instanceof Block.Paragraph paragraph) {
            return line(paragraph.line());
        }
        if (block instanceof Block.Preformatted preformatted) {
            return preformatted(preformatted);
        }
        if (block instanceof Block.Items items) {
            return items.items().stream().map(Markdown::item).collect(Collectors.joining("\n"));
        }
        if (block instanceof Block.Table table) {
            return "**" + escaped(table.caption()) + "**\n\n" + table(table);
        }
        return details((Block.Details) block);
    }

    private static String preformatted(Block.Preformatted preformatted) {
        var lines = preformatted.lines().stream().map(Inline.Code::text).collect(Collectors.joining("\n"));
        var fence = "``" + ticks(lines);
        return fence + "\n" + lines + "\n" + fence;
    }

    private static String item(Block.Item item) {
        return Stream.concat(
                        Stream.of("- " + line(item.line())),
                        item.below().stream().map(line -> "  - " + line(line)))
                .collect(Collectors.joining("\n"));
    }

    private static String table(Block.Table table) {
        var rows = Stream.of(
                Stream.of(row(table.columns().stream().map(column -> escaped(column.heading())))),
                Stream.of(row(table.columns().stream().map(column -> column.isNumber() ? "--:" : "---"))),
                table.rows().stream().map(row -> row(row.stream().map(Markdown::line))));
        return rows.flatMap(row -> row).collect(Collectors.joining("\n"));
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |"));
    }

    /**
     * A blank line after the summary lets what follows be Markdown again. The summary is caption enough for a table.
     */
    private static String details(Block.Details details) {
        return details.blocks().stream()
                .map(block -> block instanceof Block.Table table ? table(table) : block(block))
                .collect(Collectors.joining(
                        "\n\n",
                        "<details>\n<summary>" + Html.escaped(details.summary()) + "</summary>\n\n",
                        "\n\n</details>"));
    }

    private static String line(Line line) {
        return line.parts().stream().map(Markdown::inline).collect(Collectors.joining());
    }

    private static String inline(Inline inline) {
        if (inline instanceof Inline.Strong strong) {
            return "**" + escaped(strong.text()) + "**";
        }
        if (inline instanceof Inline.Code code) {
            return code(code.text());
        }
        return escaped(inline.text());
    }

    private static String escaped(String words) {
        return SPECIAL.matcher(words).replaceAll("\\\\$0");
    }

    /**
     * A bar ends a table's cell even in a code span, and a backslash before it is read in two ways: it stays outside.
     */
    private static String code(String text) {
        return Arrays.stream(text.split("\\|", -1)).map(Markdown::span).collect(Collectors.joining("&#124;"));
    }

    /** With more backticks around it than it has in a row, and a space where it might touch them. */
    private static String span(String text) {
        if (text.isEmpty()) {
            return "";
        }
        var fence = ticks(text);
        var space = text.startsWith("`") || text.endsWith("`") || text.startsWith(" ") && text.endsWith(" ") ? " " : "";
        return fence + space + text + space + fence;
    }

    private static String ticks(String text) {
        var most = TICKS.matcher(text)
                .results()
                .mapToInt(run -> run.group().length())
                .max()
                .orElse(0);
        return "`".repeat(most + 1);
    }
}
