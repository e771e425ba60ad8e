package io.buildkitefleet.pulumi;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.ConstructorException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.representer.Representer;

/** Reads one YAML file the way Pulumi does, and says in one line where it cannot be read. */
final class YamlFile {
    private YamlFile() {}

    /** @throws ProjectException if the file cannot be read, is not YAML, has a key twice, or is not a map */
    static Map<String, Object> readMap(Path file) {
        return readMap(file, readText(file));
    }

    /**
     * Reads what is to be in a file.
     *
     * @throws ProjectException as of the file
     */
    static Map<String, Object> readMap(Path file, String text) {
        Object document = parse(file, text);
        if (document == null) {
            return Map.of();
        }
        return asMap(document, file.getFileName() + " must hold a map of keys to values");
    }

    /** How the values of {@code config} are written in a text that {@link #readMap} can read. */
    static WrittenValues written(String text, UnaryOperator<String> fullKey) {
        return yaml().compose(new StringReader(text)) instanceof MappingNode map
                ? map.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode key
                                && key.getValue().equals("config"))
                        .findFirst()
                        .map(entry -> WrittenValues.of(entry.getValueNode(), fullKey))
                        .orElse(WrittenValues.NONE)
                : WrittenValues.NONE;
    }

    /** What the file's reader makes of a plain scalar, as text. */
    static String plain(String scalar) {
        Object read = yaml().load(scalar);
        return String.valueOf(read);
    }

    /** @throws ProjectException with that message if the value is not a map */
    static Map<String, Object> asMap(Object value, String message) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new ProjectException(message);
        }
        var entries = new TreeMap<String, Object>();
        map.forEach((key, entry) -> entries.put(String.valueOf(key), entry));
        return entries;
    }

    /** @throws ProjectException if the file cannot be read */
    static String readText(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ProjectException(file.getFileName() + ": is not UTF-8 text", e);
        } catch (IOException e) {
            throw new ProjectException(file.getFileName() + ": cannot be read: " + IoErrorText.of(e), e);
        }
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var dumper = new DumperOptions();
        return new Yaml(new GoYamlConstructor(options), new Representer(dumper), dumper, options, new GoYamlResolver());
    }

    private static Object parse(Path file, String text) {
        try {
            return yaml().load(text);
        } catch (MarkedYAMLException e) {
            throw new ProjectException(
                    file.getFileName() + place(e.getProblemMark()) + ": " + e.getProblem() + context(e), e);
        } catch (ReaderException e) {
            throw new ProjectException(file.getFileName() + unprintable(text), e);
        } catch (YAMLException e) {
            String firstLine = e.getMessage().lines().findFirst().orElse("is not YAML");
            throw new ProjectException(file.getFileName() + ": " + firstLine, e);
        }
    }

    /** Where the first character is that YAML has no place for, and which one. */
    private static String unprintable(String text) {
        int line = 1;
        int column = 1;
        for (int character : text.codePoints().toArray()) {
            if (!StreamReader.isPrintable(character)) {
                return ":" + line + ":" + column
                        + String.format(
                                Locale.ROOT, ": holds the character U+%04X, which YAML does not allow", character);
            }
            line += character == '\n' ? 1 : 0;
            column = character == '\n' ? 1 : column + 1;
        }
        return ": holds a character that YAML does not allow";
    }

    /** What the reader was in the middle of, which is where a forgotten quote or bracket is. */
    private static String context(MarkedYAMLException e) {
        return e instanceof ConstructorException || e.getContext() == null || e.getContextMark() == null
                ? ""
                : " (" + e.getContext() + " that begins at "
                        + place(e.getContextMark()).substring(1) + ")";
    }

    private static String place(Mark mark) {
        return mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }
}
