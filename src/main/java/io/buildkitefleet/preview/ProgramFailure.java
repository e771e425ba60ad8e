package io.buildkitefleet.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says why a program failed, in the program's own words, without stack traces. */
final class ProgramFailure {
    private static final Predicate<String> FRAME = Pattern.compile(
                    "^\\s+at .*|^\\s*\\.\\.\\. \\d+ (more|common frames omitted)$")
            .asMatchPredicate();
    private static final Predicate<String> NOISE = Pattern.compile(
                    "^SLF4J: .*|^Running program \\[PID: .*|^\\s+Suppressed: .*|^\\s*$|^.* Picked up .*")
            .asMatchPredicate();
    private static final String CAUSE = "Caused by: ";
    private static final Pattern EXCEPTION_CLASS =
            Pattern.compile("^(Exception in thread \"[^\"]*\" )?(?:[a-z_][\\w]*\\.)+([A-Z][\\w$]*)(?=: |$)");
    private static final int LAST_LINES = 5;

    private ProgramFailure() {}

    static PreviewException of(int exitCode, List<Diagnostic> diagnostics, List<String> errorLines) {
        List<String> logged = diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.ERROR)
                .map(diagnostic -> message(diagnostic.message().lines().toList()))
                .distinct()
                .toList();
        if (!logged.isEmpty()) {
            return new PreviewException(String.join("\n", logged));
        }
        String written = message(errorLines);
        return new PreviewException("the program ended with exit code " + exitCode
                + (written.isEmpty() ? " and gave no reason" : ": " + lastLines(written)));
    }

    /** The first message and the last cause of what may be a stack trace. */
    private static String message(List<String> lines) {
        var message = new ArrayList<String>();
        String cause = "";
        for (String line : lines) {
            if (line.startsWith(CAUSE)) {
                cause = withoutPackage(line.substring(CAUSE.length()));
            } else if (!FRAME.test(line) && !NOISE.test(line)) {
                message.add(withoutPackage(line));
            }
        }
        String text = String.join("\n", message);
        return cause.isEmpty() || text.endsWith(cause) ? text : text + "\ncaused by " + cause;
    }

    private static String withoutPackage(String line) {
        return EXCEPTION_CLASS.matcher(line).replaceFirst("$2");
    }

    private static String lastLines(String text) {
        List<String> lines = text.lines().toList();
        return lines.stream().skip(Math.max(0, lines.size() - LAST_LINES)).collect(Collectors.joining("\n"));
    }
}
