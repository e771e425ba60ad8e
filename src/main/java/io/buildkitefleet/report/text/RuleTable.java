package io.buildkitefleet.report.text;

import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.rules.Rule;
import java.util.List;
import java.util.Locale;

/** The rules, one a line. */
public final class RuleTable {
    private RuleTable() {}

    /** For a terminal: id, severity, title and sources. */
    public static String text(List<Rule> rules) {
        var text = new StringBuilder();
        rules.forEach(rule -> text.append(String.format(
                Locale.ROOT,
                "%-28s %-7s %s (%s)\n",
                rule.id(),
                Spelling.of(rule.severity()),
                rule.title(),
                String.join(", ", rule.sources()))));
        return text.toString();
    }

    /** For documentation: a table in Markdown. */
    public static String markdown(List<Rule> rules) {
        var text = new StringBuilder("| Rule | Severity | Holds when | Otherwise | Source |\n|---|---|---|---|---|\n");
        rules.forEach(rule -> text.append(String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %s | %s |\n",
                rule.id(),
                Spelling.of(rule.severity()),
                rule.title(),
                rule.why(),
                String.join("<br>", rule.sources()))));
        return text.toString();
    }
}
