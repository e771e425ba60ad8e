package io.buildkitefleet.report.text;

import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.config.read.KeyTree;
import io.buildkitefleet.config.reference.KeyNote;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.ResourceTypes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What may be written in a stack's file, for a terminal. */
public final class KeyText {
    private static final String QUEUES = "queues";
    private static final int MARGIN = 10;

    /** Beyond that many, a list says less than their number. */
    private static final int MOST = 12;

    private final Map<String, KeyNote> notes;

    /** @param notes of every key, by its path */
    public KeyText(Map<String, KeyNote> notes) {
        this.notes = notes;
    }

    /** A key that holds a value, or every key below one. */
    public String of(KeyTree tree) {
        return tree.key().map(this::value).orElseGet(() -> below(tree));
    }

    private String below(KeyTree tree) {
        var text = new StringBuilder(tree.path().isEmpty() ? ConfigSource.FLEET : tree.path()).append('\n');
        lines(tree, "  ", text);
        text.append("\nFor more of one: ./fleet explain KEY\n");
        if (tree.path().equals(QUEUES)) {
            text.append("\nWhat ./fleet preview says of each queue:\n\n").append(QueueTable.legend());
        }
        return text.toString();
    }

    private static void lines(KeyTree tree, String indent, StringBuilder text) {
        for (var child : tree.children()) {
            if (child.name().equals(KeyReference.ITEM)) {
                lines(child, indent, text);
                continue;
            }
            text.append(indent).append(child.name());
            child.key()
                    .ifPresent(
                            key -> text.append("  ").append(key.doc()).append(key.isRequired() ? " (required)" : ""));
            text.append(isList(child) ? "  a list, each item with\n" : "\n");
            lines(child, indent + "  ", text);
        }
    }

    private static boolean isList(KeyTree tree) {
        return tree.children().stream().anyMatch(child -> child.name().equals(KeyReference.ITEM));
    }

    private String value(KeyReference.Key key) {
        var text = new StringBuilder(key.path()).append('\n');
        text.append("  ").append(key.doc()).append(".\n\n");
        line(text, "allowed", key.allowed());
        line(text, "default", key.isRequired() ? "none: it is required" : key.otherwise());
        var note = notes.get(key.path());
        line(text, "touches", touched(note));
        line(text, "rules", rules(note.rules()));
        line(text, "since", note.since());
        text.append("\n  For example:\n\n").append(note.example().indent(4));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ")
                .append(name)
                .append(" ".repeat(MARGIN - name.length()))
                .append(value)
                .append('\n');
    }

    private static String touched(KeyNote note) {
        var types = listed(note.types().stream().map(KeyText::type).toList(), "types of resources");
        if (note.types().isEmpty()) {
            return note.cost() ? "the cost estimate alone" : "no resource";
        }
        return types + (note.cost() ? ", and what the fleet costs" : "");
    }

    private static String type(String token) {
        return token.equals(Registration.STACK_TYPE) ? "outputs of the stack" : ResourceTypes.brief(token);
    }

    private static String rules(List<String> rules) {
        return rules.isEmpty() ? "none finds more or less by it" : listed(rules, "rules");
    }

    private static String listed(List<String> names, String what) {
        return names.size() > MOST
                ? names.stream().limit(MOST).collect(Collectors.joining(", ")) + " and " + (names.size() - MOST)
                        + " other " + what
                : String.join(", ", names);
    }
}
