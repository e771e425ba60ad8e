package io.buildkitefleet.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a comment says, read as GitHub reads it. */
class MarkdownTest {
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
            .build();

    /** What a reader of the page finds in it. */
    private static final class Found extends AbstractVisitor {
        private final List<String> code = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private final List<String> html = new ArrayList<>();
        private final List<Node> links = new ArrayList<>();
        private int cells;

        @Override
        public void visit(Code node) {
            code.add(node.getLiteral());
        }

        @Override
        public void visit(FencedCodeBlock node) {
            code.add(node.getLiteral());
        }

        @Override
        public void visit(Text node) {
            words.add(node.getLiteral());
        }

        @Override
        public void visit(HtmlBlock node) {
            html.add(node.getLiteral());
        }

        @Override
        public void visit(HtmlInline node) {
            html.add(node.getLiteral());
        }

        @Override
        public void visit(Link node) {
            links.add(node);
        }

        @Override
        public void visit(Image node) {
            links.add(node);
        }

        @Override
        public void visit(CustomNode node) {
            if (node instanceof TableCell) {
                cells++;
            }
            visitChildren(node);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil",
                "@evil",
                "#1 evil",
                "<img src=x onerror=evil>",
                "<!-- evil",
                "</details><script>evil()</script>",
                "![evil](https://evil.example/evil.png)",
                "[evil](javascript:evil)",
                "https://evil.example/evil www.evil.example evil@evil.example",
                "`evil`",
                "``` evil",
                "evil`",
                "` evil",
                "evil | evil | evil",
                "evil \\| evil",
                "evil\\",
                "\\`evil\\`",
                "evil\n\n# evil\n\n- evil",
                "evil\r\n| --- | --- |\r\n",
                "    evil",
                " evil ",
                "&lt;evil&gt; &#64;evil",
                "**evil** _evil_ ~evil~ $evil$",
                "evil\u202elive\u2028evil\u0000evil",
                ":evil: evil"
            })
    void textFromElsewhereStaysText(String foreign) {
        var found = found(Markdown.of(Pages.everywhere(foreign), 60_000));

        assertThat(found.links).isEmpty();
        assertThat(found.words).noneMatch(words -> words.contains("evil"));
        assertThat(found.code).anyMatch(code -> code.contains("evil"));
        assertThat(found.html).containsExactly("<details>\n<summary>summary</summary>", "</details>");
        assertThat(found.cells).isEqualTo(2 * 3 + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "`a`", "a``b", "`", " a ", "\\", "a\\`b", "<b>&amp;"})
    void codeReadsAsItIs(String foreign) {
        var page = new Page(Line.ofCode(foreign), List.of(), Line.of(""), List.of());
        assertThat(found(Markdown.of(page, 60_000)).code).containsExactly(foreign);
    }

    @Test
    void aBarStandsBesideTheCode() {
        assertThat(Markdown.of(new Page(Line.ofCode("a|b"), List.of(), Line.of(""), List.of()), 100))
                .isEqualTo("## `a`&#124;`b`\n");
    }

    @Test
    void whatCannotBeSeenIsNamedAndWhatIsLongIsCut() {
        assertThat(new Inline.Code("a\u202eb\n").text()).isEqualTo("a(U+202E)b(U+000A)");
        assertThat(new Inline.Code("\ud83d\ude80".repeat(400)).text())
                .endsWith("…")
                .satisfies(text ->
                        assertThat(text.codePointCount(0, text.length())).isEqualTo(300));
    }

    @Test
    void wordsOfOursKeepTheirSigns() {
        var words = "a_b *c* [d] <e> f|g & h ~ `i` \\";
        var found = found(Markdown.of(new Page(Line.of(words), List.of(), Line.of(""), List.of()), 100));
        assertThat(String.join("", found.words)).isEqualTo(words);
        assertThat(found.html).isEmpty();
    }

    @Test
    void aPageThatFitsIsNotCut() {
        assertThat(Markdown.of(Pages.ofLength(10), 60_000)).doesNotContain("shortened", "left out");
    }

    @Test
    void whatIsFoldedIsCutFirst() {
        var whole = Markdown.of(Pages.ofLength(100), 60_000);
        var text = Markdown.of(Pages.ofLength(100), whole.length() - 500);
        assertThat(text).contains("the verdict\n\nshortened\n").contains("more, left out here\n\n</details>");
        assertThat(text.lines().filter(line -> line.startsWith("| `name`"))).hasSize(100);
        assertThat(size(text)).isBetween(whole.length() - 520, whole.length() - 500);
    }

    @Test
    void thenWhatIsShownIsCutAndSaysHowMuch() {
        var text = Markdown.of(Pages.ofLength(100), 1000);
        var rows = text.lines().filter(line -> line.startsWith("| `name`")).count();
        assertThat(rows).isBetween(1L, 20L);
        assertThat(text)
                .contains("| " + (100 - rows) + " more, left out here |  |\n")
                .contains("- 100 more, left out here\n\n</details>");
        assertThat(size(text)).isBetween(900, 1000);
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Found found(String markdown) {
        var found = new Found();
        PARSER.parse(markdown).accept(found);
        return found;
    }
}
