package io.buildkitefleet.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands of one section of docs/runbook.md, or of another document: what stands in its blocks of {@code sh}, in
 * their order. What a person looks at, and no test can, is in blocks of another kind.
 */
public record Runbook(String title, String script) {
    private static final Path DOCUMENT = Path.of("docs", "runbook.md");

    /** What a block begins with that no test can run. */
    private static final String NEEDS_ACCOUNT = "# needs an account";

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\n(.*?)^ *```$");

    public static Runbook section(String title) throws IOException {
        return section(DOCUMENT, title);
    }

    /** The same of another document, such as docs/state.md; what needs an account is left out. */
    public static Runbook section(Path document, String title) throws IOException {
        var text = Files.readString(document);
        var start = text.indexOf("\n## " + title + "\n");
        if (start < 0) {
            throw new AssertionError(document + " has no section \"" + title + "\"");
        }
        var end = text.indexOf("\n## ", start + 1);
        var section = text.substring(start, end < 0 ? text.length() : end);
        var script = BLOCK.matcher(section)
                .results()
                .map(block -> block.group(1).stripIndent())
                .filter(block -> !block.startsWith(NEEDS_ACCOUNT))
                .collect(Collectors.joining());
        if (script.isEmpty()) {
            throw new AssertionError("the section \"" + title + "\" of " + document + " has no block of sh");
        }
        return new Runbook(title, script);
    }

    /**
     * Runs the commands, to each of whose questions the answer is yes.
     *
     * @param names what the capital words of the document stand for
     */
    public PulumiCli.Run runIn(EngineProject project, Map<String, String> names) throws InterruptedException {
        return project.runShell(script(names)).succeeded();
    }

    /** The commands, with what capital words stand for in their place. */
    public String script(Map<String, String> names) {
        return withNames(script, names);
    }

    /** A text with what capital words stand for in their place. */
    public static String withNames(String text, Map<String, String> names) {
        var replaced = text;
        for (var name : names.entrySet()) {
            replaced = Pattern.compile("\\b" + name.getKey() + "\\b")
                    .matcher(replaced)
                    .replaceAll(Matcher.quoteReplacement(name.getValue()));
        }
        return replaced;
    }
}
