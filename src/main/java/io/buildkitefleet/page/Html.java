package io.buildkitefleet.page;

import io.buildkitefleet.text.BundledFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.StringEscapeUtils;

/** A page as HTML that needs nothing else: no script, no file beside it, no network. */
public final class Html {
    private static final String STYLE = style();

    /** A browser that keeps to it loads nothing, runs nothing and sends nothing, whatever the page says. */
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'; base-uri 'none'; form-action 'none'";

    private Html() {}

    public static String of(Page page) {
        return String.format(
                Locale.ROOT,
                """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                %s
                </main>
                </body>
                </html>
                """,
                POLICY,
                escaped(page.title().plain()),
                STYLE,
                line(page.title()),
                Stream.concat(page.lead().stream(), page.body().stream())
                        .map(Html::block)
                        .collect(Collectors.joining("\n")));
    }

    private static String block(Block block) {
        if (block instanceof Block.Heading heading) {
            return "<h2>" + line(heading.line()) + "</h2>";
        }
        if (block instanceof Block.Paragraph paragraph) {
            return "<p>" + line(paragraph.line()) + "</p>";
        }
        if (block instanceof Block.Preformatted preformatted) {
            return preformatted.lines().stream()
                    .map(code -> escaped(code.text()))
                    .collect(Collectors.joining("\n", "<pre>", "</pre>"));
        }
        if (block instanceof Block.Items items) {
            return items.items().stream().map(Html::item).collect(Collectors.joining("\n", "<ul>\n", "\n</ul>"));
        }
        if (block instanceof Block.Table table) {
            return table(table);
        }
        var details = (Block.Details) block;
        return details.blocks().stream()
                .map(Html::block)
                .collect(Collectors.joining(
                        "\n", "<details>\n<summary>" + escaped(details.summary()) + "</summary>\n", "\n</details>"));
    }

    private static String item(Block.Item item) {
        var below = item.below().isEmpty()
                ? ""
                : item.below().stream()
                        .map(line -> "<li>" + line(line) + "</li>")
                        .collect(Collectors.joining("\n", "\n<ul>\n", "\n</ul>"));
        return "<li>" + line(item.line()) + below + "</li>";
    }

    /** A wide table scrolls in a box of its own, which the keyboard can reach. */
    private static String table(Block.Table table) {
        var caption = escaped(table.caption());
        var headings = table.columns().stream()
                .map(column -> "<th scope=\"col\"" + form(column) + ">" + escaped(column.heading()) + "</th>")
                .collect(Collectors.joining());
        return "<div class=\"scroll\" role=\"group\" aria-label=\"" + caption + "\" tabindex=\"0\">\n<table>\n<caption>"
                + caption + "</caption>\n<thead>\n<tr>" + headings + "</tr>\n</thead>\n<tbody>\n"
                + table.rows().stream().map(row -> row(table, row)).collect(Collectors.joining("\n"))
                + "\n</tbody>\n</table>\n</div>";
    }

    private static String row(Block.Table table, List<Line> cells) {
        var row = new StringBuilder("<tr><th scope=\"row\">")
                .append(line(cells.get(0)))
                .append("</th>");
        for (int i = 1; i < cells.size(); i++) {
            row.append("<td")
                    .append(form(table.columns().get(i)))
                    .append('>')
                    .append(line(cells.get(i)))
                    .append("</td>");
        }
        return row.append("</tr>").toString();
    }

    private static String form(Block.Column column) {
        return column.isNumber() ? " class=\"number\"" : "";
    }

    private static String line(Line line) {
        return line.parts().stream().map(Html::inline).collect(Collectors.joining());
    }

    private static String inline(Inline inline) {
        if (inline instanceof Inline.Strong strong) {
            return "<strong>" + escaped(strong.text()) + "</strong>";
        }
        if (inline instanceof Inline.Code code) {
            return "<code>" + escaped(code.text()) + "</code>";
        }
        return escaped(inline.text());
    }

    static String escaped(String text) {
        return StringEscapeUtils.escapeXml10(text);
    }

    private static String style() {
        return BundledFile.text("/page.css");
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
