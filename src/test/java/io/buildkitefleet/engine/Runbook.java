package io.buildkitefleet.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands of one section of docs/runbook.md: what stands in its blocks of {@code sh}, in their order. What a
 * person looks at, and no test can, is in blocks of another kind.
 */
record Runbook(String title, String script) {
    private static final Path DOCUMENT = Path.of("docs", "runbook.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\n(.*?)^ *```$");

    static Runbook section(String title) throws IOException {
        var text = Files.readString(DOCUMENT);
        var start = text.indexOf("\n## " + title + "\n");
        if (start < 0) {
            throw new AssertionError(DOCUMENT + " has no section \"" + title + "\"");
        }
        var end = text.indexOf("\n## ", start + 1);
        var section = text.substring(start, end < 0 ? text.length() : end);
        var script =
                BLOCK.matcher(section).results().map(block -> block.group(1)).collect(Collectors.joining());
        if (script.isEmpty()) {
            throw new AssertionError("the section \"" + title + "\" of " + DOCUMENT + " has no block of sh");
        }
        return new Runbook(title, script);
    }

    /**
     * Runs the commands, to each of whose questions the answer is yes.
     *
     * @param names what the capital words of the document stand for
     */
    PulumiCli.Run runIn(EngineProject project, Map<String, String> names) throws InterruptedException {
        var script = this.script;
        for (var name : names.entrySet()) {
            script = Pattern.compile("\\b" + name.getKey() + "\\b")
                    .matcher(script)
                    .replaceAll(name.getValue());
        }
        return project.runShell(script).succeeded();
    }
}
