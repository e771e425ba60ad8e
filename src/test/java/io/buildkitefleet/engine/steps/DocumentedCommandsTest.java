package io.buildkitefleet.engine.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each command of a page that leads step by step stands in a block that a test runs, or in one that says that it needs
 * an account. It reads the page and the tests, and runs nothing.
 */
class DocumentedCommandsTest {
    private static final String NEEDS_ACCOUNT = "# needs an account";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\n(.*?)^ *```$");
    private static final Pattern INLINE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^\\s*(?:(?:pulumi|gcloud|git|kubectl|gsutil|curl|export) .+|\\./fleet \\w+ .+)");

    /** The section of what nobody is to run. */
    private static final String FORBIDDEN = "What never to do";

    /** A test names the section that it runs. */
    private static final Pattern RUN_SECTION = Pattern.compile("(?:follow\\(|section\\(PAGE,)\\s*\"([^\"]+)\"");

    private record Section(String title, String text) {}

    private record Block(String kind, String text) {
        boolean needsAccount() {
            return text.startsWith(NEEDS_ACCOUNT);
        }
    }

    private static List<Section> sections(String page) {
        return Stream.of(("\n" + page).split("\n## "))
                .map(text -> new Section(text.lines().findFirst().orElse(""), text))
                .toList();
    }

    private static List<Block> blocks(String text) {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Block(block.group(1), block.group(2).stripIndent()))
                .toList();
    }

    private static String read(String page) throws IOException {
        return Files.readString(Path.of("docs", page));
    }

    /** The sections that the page's test runs. */
    private static List<String> run(String test) throws IOException {
        var source = SourceFiles.below(SourceFiles.TEST).stream()
                .filter(file -> file.endsWith(Path.of("engine", "steps", test + ".java")))
                .findFirst()
                .orElseThrow();
        return RUN_SECTION
                .matcher(Files.readString(source))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** What is wrong with a page, of which a test runs these sections. */
    private static List<String> problems(String page, List<String> run) {
        var problems = new ArrayList<String>();
        for (var section : sections(page).subList(1, sections(page).size())) {
            for (var block : blocks(section.text())) {
                var hasCommands = COMMAND.matcher(block.text()).find();
                if (hasCommands && !block.kind().equals("sh")) {
                    problems.add(section.title() + ": a block with commands is no block of sh: " + block.text());
                }
                if (block.kind().equals("sh") && !block.needsAccount() && !run.contains(section.title())) {
                    problems.add(section.title() + ": no test runs its commands");
                }
            }
        }
        var inBlocks = blocks(page).stream().map(Block::text).collect(Collectors.joining("\n"));
        var known = inBlocks.replaceAll("\\\\\n\\s*", "").replaceAll(" +", " ");
        var text = sections(page).stream()
                .filter(section -> !section.title().equals(FORBIDDEN))
                .map(section -> BLOCK.matcher(section.text()).replaceAll(""))
                .collect(Collectors.joining("\n"));
        INLINE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(command -> COMMAND.matcher(command).matches())
                .filter(command -> !known.contains(command))
                .forEach(command -> problems.add("in the text, and in no block: " + command));
        return problems;
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-deploy.md FirstDeployTest", "state.md StateTest", "local.md LocalStepsTest"})
    void eachCommandIsRunOrNeedsAnAccount(String pageAndTest) throws IOException {
        var words = pageAndTest.split(" ");
        assertThat(problems(read(words[0]), run(words[1]))).isEmpty();
    }

    @Test
    void aCommandThatNobodyRunsIsFound() {
        var page = """
                # Page

                ## Run

                ```sh
                pulumi up
                ```

                ## Forgotten

                ```sh
                pulumi cancel
                ```

                ## Account

                ```sh
                # needs an account
                git push
                ```

                ## Other

                ```
                ./fleet up dev
                ```

                See `pulumi refresh`, `pulumi up`, `git` and `max: 4`.
                """;
        assertThat(problems(page, List.of("Run")))
                .containsExactly(
                        "Forgotten: no test runs its commands",
                        "Other: a block with commands is no block of sh: ./fleet up dev\n",
                        "in the text, and in no block: pulumi refresh");
    }
}
