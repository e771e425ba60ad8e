package io.buildkitefleet.report.text;

import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.config.read.KeyTree;
import io.buildkitefleet.config.reference.KeyNote;
import io.buildkitefleet.config.reference.KeySearch;
import io.buildkitefleet.config.reference.OutsideKey;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.WordUtils;

/** What may be written in a stack's file, for a terminal of 80 columns. */
public final class KeyText {
    private static final String QUEUES = "queues";
    private static final int WIDTH = 80;

    /** Where what is said of a key begins that is one of many. */
    private static final int MEANING = 26;

    /** The same of each of the things that are said of one. */
    private static final int MARGIN = 12;

    /** Beyond that many, a list says less than their number. */
    private static final int MOST = 12;

    /** A link to another document, or to a part of the one that has the keys. */
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\(([^)]+)\\)");

    private final Map<String, KeyNote> notes;
    private final int most;

    /**
     * @param notes of every key, by its path
     * @param isWhole whether lists are told in full, however long they are
     */
    public KeyText(Map<String, KeyNote> notes, boolean isWhole) {
        this.notes = notes;
        this.most = isWhole ? Integer.MAX_VALUE : MOST;
    }

    /** A key that holds a value, or every key below one. */
    public String of(KeyTree tree) {
        return tree.key().map(this::value).orElseGet(() -> below(tree));
    }

    /** A key that stands beside the fleet. */
    public String of(OutsideKey key) {
        var text = new StringBuilder(key.name()).append('\n');
        block(text, "  ", key.doc() + ".");
        text.append('\n');
        line(text, "allowed", key.allowed());
        line(text, "default", key.otherwise());
        line(text, "touches", key.touches());
        return text.append(example(key.example())).toString();
    }

    /** @param word for which all of these were found */
    public String of(String word, KeySearch.Answer.Several found) {
        var text = new StringBuilder(
                found.isByName()
                        ? "More than one key is called " + word + ":\n"
                        : "No key is called " + word + ". These have to do with it:\n");
        found.keys()
                .forEach(key -> entry(
                        text,
                        "  " + key.path(),
                        key.key().map(KeyReference.Key::doc).orElse("holds other keys")));
        found.outside().forEach(key -> entry(text, "  " + key.name(), key.doc()));
        return text.append("\nFor more of one: ./fleet explain KEY\n").toString();
    }

    private static String below(KeyTree tree) {
        var isAll = tree.path().isEmpty();
        var text = new StringBuilder(isAll ? ConfigSource.FLEET : tree.path()).append('\n');
        lines(tree, "  ", text);
        if (isAll) {
            text.append("\nBeside the fleet, in the same file\n");
            OutsideKey.all().stream()
                    .filter(key -> !key.isHandedOn())
                    .forEach(key -> entry(text, "  " + key.name(), key.doc()));
            entry(text, "  gcp:...", "Settings of Pulumi's provider, handed on: " + handedOn());
        }
        text.append("\nFor more of one: ./fleet explain KEY\n");
        if (tree.path().equals(QUEUES)) {
            text.append("\nWhat ./fleet preview says of each queue:\n\n").append(QueueTable.legend());
        }
        return text.toString();
    }

    private static String handedOn() {
        return OutsideKey.all().stream()
                .filter(OutsideKey::isHandedOn)
                .map(OutsideKey::shortName)
                .collect(Collectors.joining(", "));
    }

    private static void lines(KeyTree tree, String indent, StringBuilder text) {
        for (var child : tree.children()) {
            if (child.name().equals(KeyReference.ITEM)) {
                lines(child, indent, text);
                continue;
            }
            entry(
                    text,
                    indent + child.name(),
                    child.key()
                            .map(key -> key.doc() + (key.isRequired() ? " (required)" : ""))
                            .orElse(isList(child) ? "a list, each item with" : ""));
            lines(child, indent + "  ", text);
        }
    }

    private static boolean isList(KeyTree tree) {
        return tree.children().stream().anyMatch(child -> child.name().equals(KeyReference.ITEM));
    }

    /** A name, and beside it or below it what is said of it. */
    private static void entry(StringBuilder text, String name, String meaning) {
        var space = MEANING - name.length();
        text.append(name);
        if (meaning.isEmpty()) {
            text.append('\n');
            return;
        }
        text.append(space >= 2 ? " ".repeat(space) : "\n" + " ".repeat(MEANING));
        hanging(text, " ".repeat(MEANING), meaning);
    }

    private String value(KeyReference.Key key) {
        var text = new StringBuilder(key.path()).append('\n');
        block(text, "  ", key.doc() + ".");
        text.append('\n');
        line(text, "allowed", key.allowed());
        line(text, "default", key.isRequired() ? "none: it is required" : key.otherwise());
        var note = notes.get(key.path());
        line(text, "touches", touched(note));
        if (!note.fails().isEmpty()) {
            line(text, "can fail", String.join(", ", note.fails()));
        }
        line(text, "rules", rules(note));
        line(text, "since", note.since());
        return text.append(example(note.example())).toString();
    }

    private static String example(String yaml) {
        return "\n  For example:\n\n" + yaml.indent(4);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ").append(name).append(" ".repeat(MARGIN - 2 - name.length()));
        hanging(text, " ".repeat(MARGIN), value);
    }

    private static void block(StringBuilder text, String indent, String words) {
        hanging(text.append(indent), indent, words);
    }

    /** The first line stands where the text has come to. */
    private static void hanging(StringBuilder text, String indent, String words) {
        text.append(WordUtils.wrap(plain(words), WIDTH - indent.length(), "\n" + indent, false))
                .append('\n');
    }

    /** What is Markdown in a document. */
    private static String plain(String words) {
        return LINK.matcher(words)
                .replaceAll(link -> link.group(1) + " (docs/"
                        + (link.group(2).startsWith("#") ? "configuration.md" : "") + link.group(2) + ")")
                .replace("`", "");
    }

    private String touched(KeyNote note) {
        if (!note.without().isEmpty()) {
            return "nothing by itself: " + note.without();
        }
        if (note.types().isEmpty()) {
            return note.cost() ? "the cost estimate alone" : "no resource; what ./fleet check says of them";
        }
        return listed(note.types().stream().map(KeyText::type).toList(), "types of resources")
                + (note.cost() ? ", and what the fleet costs" : "");
    }

    private static String type(String token) {
        return token.equals(Registration.STACK_TYPE) ? "outputs of the stack" : ResourceTypes.brief(token);
    }

    private String rules(KeyNote note) {
        var named = new ArrayList<String>();
        if (note.waives()) {
            named.add("the one that the waiver names");
        }
        if (!note.rules().isEmpty()) {
            named.add(listed(note.rules(), "rules"));
        }
        if (named.isEmpty() && !note.fails().isEmpty()) {
            return "no other reads what follows from it";
        }
        if (named.isEmpty()) {
            return note.without().isEmpty() ? "none reads what follows from it" : "none by itself";
        }
        return String.join(", ", named);
    }

    private String listed(List<String> names, String what) {
        return names.size() > most
                ? Stream.concat(
                                names.stream().limit(most - 1),
                                Stream.of("and " + (names.size() - most + 1) + " other " + what + " (--all)"))
                        .collect(Collectors.joining(", "))
                : String.join(", ", names);
    }
}
