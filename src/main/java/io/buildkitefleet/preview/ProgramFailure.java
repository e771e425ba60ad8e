package io.buildkitefleet.preview;

import io.buildkitefleet.pulumi.Diagnostic;
import io.buildkitefleet.pulumi.ProjectException;
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

    /** With the warnings: what went wrong before may be why. */
    static ProjectException of(int exitCode, List<Diagnostic> diagnostics, List<String> errorLines) {
        var lines = new ArrayList<>(messages(Diagnostic.Severity.ERROR, diagnostics));
        if (lines.isEmpty()) {
            String written = message(errorLines);
            lines.add("the program ended with exit code " + exitCode
                    + (written.isEmpty() ? " and gave no reason" : ": " + lastLines(written)));
        }
        messages(Diagnostic.Severity.WARNING, diagnostics).forEach(warning -> lines.add("warning: " + warning));
        return new ProjectException(String.join("\n", lines));
    }

    private static List<String> messages(Diagnostic.Severity severity, List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == severity)
                .map(diagnostic -> message(diagnostic.message().lines().toList()))
                .distinct()
                .toList();
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
