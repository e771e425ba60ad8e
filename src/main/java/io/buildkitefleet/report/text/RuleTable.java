package io.buildkitefleet.report.text;

import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.resources.ResourceTypes;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

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

    /** For documentation: types of which no rule says anything, with the reasons, as a table in Markdown. */
    public static String markdown(SortedMap<String, String> types) {
        var text = new StringBuilder("| Type | Why |\n|---|---|\n");
        types.forEach((type, reason) -> text.append("| `" + ResourceTypes.brief(type) + "` | " + reason + " |\n"));
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
