package io.buildkitefleet.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A page that stands alone. */
class HtmlTest {
    private static final Pattern STYLE = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL);

    @Test
    void textFromElsewhereStaysText() {
        var page = Html.of(Pages.everywhere("</code><script>evil()</script><img src=x onerror='evil' \"&amp;"));
        assertThat(page)
                .doesNotContain("<script", "<img")
                .contains(
                        "<code>&lt;/code&gt;&lt;script&gt;evil()&lt;/script&gt;&lt;img src=x onerror=&apos;evil&apos; "
                                + "&quot;&amp;amp;</code>");
    }

    @Test
    void thePolicyAllowsItsStyleAndNothingElse() throws Exception {
        var page = Html.of(Pages.everywhere("x"));
        var style = STYLE.matcher(page);
        assertThat(style.find()).isTrue();
        var hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(style.group(1).getBytes(StandardCharsets.UTF_8)));
        assertThat(page).contains("content=\"default-src 'none'; style-src 'sha256-" + hash + "'; ");
    }

    @Test
    void nothingIsFetched() {
        assertThat(Html.of(Pages.everywhere("x"))).doesNotContain("src=", "href=", "url(", "@import", "style=\"");
    }

    @Test
    void nothingIsCut() {
        assertThat(Html.of(Pages.ofLength(5000))).doesNotContain("left out", "shortened");
    }

    @Test
    void aRowBeginsWithItsHeading() {
        var table = Block.Table.of(
                "A table", List.of("Name", "#Number"), List.of(List.of(Line.ofCode("one"), Line.of("1"))));
        assertThat(Html.of(new Page(Line.of("t"), List.of(), Line.of(""), List.of(table))))
                .contains("<caption>A table</caption>", "<th scope=\"col\" class=\"number\">Number</th>")
                .contains("<tr><th scope=\"row\"><code>one</code></th><td class=\"number\">1</td></tr>");
    }
}
