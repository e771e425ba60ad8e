package io.buildkitefleet.report.text;

import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.Finding;
import io.buildkitefleet.rules.Result;
import io.buildkitefleet.rules.Status;
import io.buildkitefleet.rules.rule.Severity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** Findings for a person: what is open by severity, what is waived and why, what was not checked and why. */
public final class AssessmentText {
    private static final Map<Severity, String> COLOURS =
            Map.of(Severity.HIGH, "red", Severity.MEDIUM, "yellow", Severity.LOW, "cyan");

    private final Assessment assessment;
    private final Ansi ansi;

    /** @param ansi whether to colour */
    public AssessmentText(Assessment assessment, Ansi ansi) {
        this.assessment = assessment;
        this.ansi = ansi;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var severity : Severity.values()) {
            open(text, severity);
        }
        waived(text);
        ending(text);
        noted(text, Status.NOT_CHECKED);
        noted(text, Status.NOT_APPLICABLE);
        return text.append(summary()).append('\n').toString();
    }

    private void open(StringBuilder text, Severity severity) {
        var findings = assessment.open().stream()
                .filter(finding -> finding.rule().severity() == severity)
                .toList();
        if (!findings.isEmpty()) {
            var heading = severity.name().toLowerCase(Locale.ROOT);
            text.append(ansi.string("@|bold," + COLOURS.get(severity) + " " + heading + "|@\n"));
            findings.forEach(finding -> text.append("  ")
                    .append(line(finding, ""))
                    .append("; ")
                    .append(finding.rule().mend())
                    .append('\n'));
            text.append('\n');
        }
    }

    /** One line for all that is said in the same words. */
    private void waived(StringBuilder text) {
        var alike = assessment.waived().stream()
                .collect(Collectors.groupingBy(
                        finding -> List.of(finding.rule().id(), finding.detail(), finding.waiver()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        if (alike.isEmpty()) {
            return;
        }
        text.append(ansi.string("@|bold waived|@\n"));
        alike.values().forEach(findings -> {
            var waiver = findings.get(0).waiver().orElseThrow();
            var others = findings.size() == 1 ? "" : " and " + (findings.size() - 1) + " more";
            text.append("  ")
                    .append(line(findings.get(0), others))
                    .append(waiver.resource().isEmpty() ? "; for every resource, " : "; ")
                    .append(waiver.whyNoEnd()
                            .map(why -> "without end (" + why + ")")
                            .orElse("until " + waiver.end()))
                    .append(": ")
                    .append(waiver.reason())
                    .append('\n');
        });
        text.append('\n');
    }

    private void ending(StringBuilder text) {
        if (assessment.ending().isEmpty()) {
            return;
        }
        text.append(ansi.string("@|bold,yellow ends soon|@\n"));
        assessment.ending().forEach(ending -> text.append("  ")
                .append(ansi.string("@|bold " + ending.place() + "|@"))
                .append("  ")
                .append(ending.told())
                .append('\n'));
        text.append('\n');
    }

    private String line(Finding finding, String others) {
        return finding.rule().id() + "  " + ansi.string("@|bold " + finding.resource() + "|@") + others + "  "
                + finding.detail();
    }

    /** Each reason once, with the rules that it keeps from being checked, or that have nothing to look at. */
    private void noted(StringBuilder text, Status status) {
        var rules = assessment.results().stream()
                .filter(result -> result.status() == status)
                .collect(Collectors.groupingBy(
                        Result::note,
                        LinkedHashMap::new,
                        Collectors.mapping(result -> result.rule().id(), Collectors.joining(", "))));
        if (!rules.isEmpty()) {
            text.append(ansi.string("@|bold " + words(status) + "|@\n"));
            rules.forEach((why, ids) ->
                    text.append("  ").append(ids).append(": ").append(why).append('\n'));
            text.append('\n');
        }
    }

    private static String words(Status status) {
        return Spelling.of(status).replace('-', ' ');
    }

    private String summary() {
        return assessment.stack() + ": " + assessment.results().size() + " rules, "
                + Arrays.stream(Status.values())
                        .filter(status -> assessment.count(status) > 0)
                        .map(status -> assessment.count(status) + " " + words(status)
                                + (status == Status.FAILED ? " (" + bySeverity() + ")" : ""))
                        .collect(Collectors.joining(", "));
    }

    /** Which of the rules that failed are how bad: the exit code hangs on that. */
    private String bySeverity() {
        return Arrays.stream(Severity.values())
                .map(severity -> counted(assessment.count(Status.FAILED, severity)) + " " + Spelling.of(severity))
                .collect(Collectors.joining(", "));
    }

    private static String counted(long rules) {
        return rules == 0 ? "none" : String.valueOf(rules);
    }
}
