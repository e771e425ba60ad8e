package io.buildkitefleet.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a real review on a phone and on a desk, in both colour schemes. */
@Tag("browser")
class ReviewPageTest {
    private static final Path PAGE = Path.of("src", "test", "resources", "goldens", "dev-review.html");

    /** Where a person finds what the page looks like. */
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final String OPEN_ALL = "document.querySelectorAll('details').forEach(fold => fold.open = true);";

    @TempDir
    private static Path directory;

    private static Browser phone;
    private static Browser desk;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Files.createDirectories(SCREENSHOTS);
        phone = Browser.start(directory, 360);
        desk = Browser.start(directory, 1280);
    }

    @AfterAll
    static void stop() throws IOException {
        phone.close();
        desk.close();
    }

    @ParameterizedTest
    @CsvSource({"phone, light", "phone, dark", "desk, light", "desk, dark"})
    void fitsTheWindowAndIsSilent(String window, String scheme) throws IOException, InterruptedException {
        var browser = open(window, scheme);

        assertThat(browser.run("return document.documentElement.scrollWidth - innerWidth")
                        .getAsInt())
                .isLessThanOrEqualTo(0);
        assertThat(browser.console()).isEmpty();
        Files.write(SCREENSHOTS.resolve("review-" + window + "-" + scheme + ".png"), browser.screenshot());
    }

    /** Nobody looks for what is cut off without a sign. */
    @ParameterizedTest
    @CsvSource({"phone, light", "phone, dark"})
    void aTableThatIsWiderThanThePhoneShowsThatThereIsMore(String window, String scheme)
            throws IOException, InterruptedException {
        var browser = open(window, scheme);

        var wider = browser.run("return [...document.querySelectorAll('.scroll')]"
                        + ".filter(box => box.scrollWidth > box.clientWidth)"
                        + ".map(box => getComputedStyle(box).backgroundAttachment)")
                .getAsJsonArray();
        assertThat(wider).isNotEmpty().allSatisfy(shades -> assertThat(shades.getAsString())
                .isEqualTo("local, local, scroll, scroll"));
        assertThat(browser.run("return [...document.querySelectorAll('caption')]"
                                + ".filter(caption => caption.getBoundingClientRect().right > innerWidth).length")
                        .getAsInt())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"phone, light", "phone, dark", "desk, light", "desk, dark"})
    void axeFindsNothing(String window, String scheme) throws IOException, InterruptedException {
        var browser = open(window, scheme);

        browser.run(axe());
        var violations = browser.run(
                "return axe.run().then(found => found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html)))");
        assertThat(violations.getAsJsonArray()).isEmpty();
    }

    /** The policy of the page stops what somebody might yet get into it. */
    @ParameterizedTest
    @CsvSource({"desk, light"})
    void runsNoScriptAndLoadsNothing(String window, String scheme) throws IOException, InterruptedException {
        var browser = open(window, scheme);

        browser.run(
                "document.body.insertAdjacentHTML('beforeend', "
                        + "'<img src=\"https://example.invalid/x.png\" onerror=\"window.evil = 1\"><p style=\"color: red\">x</p>');");
        assertThat(browser.run("return typeof window.evil").getAsString()).isEqualTo("undefined");
        assertThat(browser.console()).isNotEmpty().allMatch(message -> message.contains("Content Security Policy"));
    }

    private static Browser open(String window, String scheme) throws IOException, InterruptedException {
        var browser = window.equals("phone") ? phone : desk;
        browser.open(PAGE.toAbsolutePath(), scheme);
        browser.run(OPEN_ALL);
        assertThat(browser.run("return matchMedia('(prefers-color-scheme: " + scheme + ")').matches")
                        .getAsBoolean())
                .isTrue();
        return browser;
    }

    private static String axe() throws IOException {
        try (var script = ReviewPageTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
