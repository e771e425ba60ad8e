package io.buildkitefleet.hooks;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A job's variables as the agent writes them for {@code pre-bootstrap}. */
final class EnvironmentFile {
    private EnvironmentFile() {}

    /** Lines of a name and a quoted value, as every agent does. */
    static Path lines(Path directory, Map<String, String> variables) throws IOException {
        var text = variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                .collect(Collectors.joining());
        return Files.writeString(directory.resolve("job-env"), text);
    }

    /** An object, as agents since 3.82.0 do as well. */
    static Path json(Path directory, Map<String, String> variables) throws IOException {
        var text = new GsonBuilder().disableHtmlEscaping().create().toJson(variables);
        return Files.writeString(directory.resolve("job-env-json"), text + "\n");
    }

    /** As Go's strconv.Quote: https://pkg.go.dev/strconv#Quote */
    static String quoted(String value) {
        return value.codePoints().mapToObj(EnvironmentFile::escaped).collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int character) {
        return switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case 0x07 -> "\\a";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 0x0b -> "\\v";
            default -> isPrintable(character) ? Character.toString(character) : asNumber(character);
        };
    }

    private static String asNumber(int character) {
        if (character < 0x80) {
            return String.format(Locale.ROOT, "\\x%02x", character);
        }
        return String.format(Locale.ROOT, character < 0x10000 ? "\\u%04x" : "\\U%08x", character);
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
