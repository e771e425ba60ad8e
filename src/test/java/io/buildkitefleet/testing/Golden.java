package io.buildkitefleet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file, or a part of one, that holds what a person has agreed to; {@code -Dgoldens.update=true} writes what is there
 * now instead.
 */
public final class Golden {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "goldens");

    /** As many lines of each side as a person reads before opening the file. */
    private static final int SHOWN = 8;

    private final Path file;

    /** What stands before and after it in the file; empty for a whole file. */
    private final String begin;

    private final String end;

    private Golden(Path file, String begin, String end) {
        this.file = file;
        this.begin = begin;
        this.end = end;
    }

    /** A file among the goldens. */
    public static Golden named(String name) {
        return of(DIRECTORY.resolve(name));
    }

    /** A whole file. */
    public static Golden of(Path file) {
        return new Golden(file, "", "");
    }

    /** What stands in a document between {@code <!-- NAME: begin -->} and {@code <!-- NAME: end -->}. */
    public static Golden part(String document, String name) {
        return new Golden(Path.of(document), "<!-- " + name + ": begin -->\n", "<!-- " + name + ": end -->\n");
    }

    public void matches(String text) {
        try {
            if (Boolean.getBoolean("goldens.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, begin.isEmpty() ? text : around(0) + text + around(1));
            }
            var agreed = agreed();
            if (!agreed.equals(text)) {
                throw new AssertionError(
                        difference(agreed.lines().toList(), text.lines().toList()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String agreed() throws IOException {
        if (begin.isEmpty()) {
            return Files.exists(file) ? Files.readString(file) : "";
        }
        var text = Files.readString(file);
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
    }

    /** What stands before it, or after it, with its markers. */
    private String around(int side) throws IOException {
        var text = Files.readString(file);
        assertThat(text).as(file.toString()).containsOnlyOnce(begin).containsOnlyOnce(end);
        return side == 0 ? text.substring(0, text.indexOf(begin) + begin.length()) : text.substring(text.indexOf(end));
    }

    private String difference(List<String> agreed, List<String> now) {
        var same = 0;
        while (same < Math.min(agreed.size(), now.size()) && agreed.get(same).equals(now.get(same))) {
            same++;
        }
        var lines = new ArrayList<String>();
        lines.add(file + " is not what there is now; from line " + (same + 1) + (begin.isEmpty() ? "" : " of the part")
                + ":");
        shown(agreed, same).forEach(line -> lines.add("- " + line));
        shown(now, same).forEach(line -> lines.add("+ " + line));
        lines.add("If the change is meant, write it and review the difference: ./fleet test -Dtest=" + caller()
                + " -Dgoldens.update=true");
        return String.join("\n", lines);
    }

    private static List<String> shown(List<String> lines, int from) {
        return lines.stream()
                .skip(from)
                .limit(SHOWN)
                .map(line -> line.length() > 160 ? line.substring(0, 160) + "…" : line)
                .toList();
    }

    private static String caller() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                        .filter(type -> type != Golden.class)
                        .findFirst()
                        .map(Class::getSimpleName)
                        .orElse("*"));
    }
}
