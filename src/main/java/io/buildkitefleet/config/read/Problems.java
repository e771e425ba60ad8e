package io.buildkitefleet.config.read;

import io.buildkitefleet.pulumi.WrittenValues;
import io.buildkitefleet.text.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects everything that is wrong with one stack's configuration, so that all of it can be told at once. */
public final class Problems {
    private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,10})]");

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Set<String> excused = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    /** Where something is wrong or excused, and all that these places are below: a file may have thousands of them. */
    private final Set<String> above = new HashSet<>();

    private final Map<String, WrittenValues> written = new HashMap<>();
    private Layers layers = new Layers("");

    /** Of a file. */
    public Problems(String file) {
        this.file = file;
    }

    /** Of the file that the configuration is in. */
    public Problems(ConfigSource source) {
        this(source.file());
        writtenIn("", source.written());
    }

    /** How the values of a file are written; {@code otherFile} is empty for the stack's own. */
    public void writtenIn(String otherFile, WrittenValues values) {
        written.put(otherFile, values);
    }

    /** How the value at a place is written, where it is no text to YAML. */
    Optional<WrittenValues.Value> writtenAt(String place) {
        return written.getOrDefault(layers.fileOf(place), WrittenValues.NONE).at(place);
    }

    /** What YAML made of the value at a place, to be said behind the text that it is read as; empty for nothing. */
    public String reading(String place, String read) {
        return YamlReading.made(read, writtenAt(place));
    }

    /** Of a key, which is written with its namespace. */
    public void add(String key, String message) {
        add(layers.fileOf(key), key, message);
    }

    /** Of a key in a file that is not the stack's own. */
    public void add(String otherFile, String key, String message) {
        var writtenKey = written.getOrDefault(otherFile, WrittenValues.NONE).keyAt(key);
        var problem = new Problem(
                key,
                message
                        + writtenKey
                                .map(value ->
                                        "; YAML made this key of " + value.text() + " (line " + value.line() + ")")
                                .orElse(""),
                otherFile);
        found.add(problem);
        paths.add(problem.path());
        doubt(problem.path());
    }

    private void doubt(String path) {
        above.add(path);
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '.' || path.charAt(i) == '[') {
                above.add(path.substring(0, i));
            }
        }
    }

    /** What is said from now on names the file, if that is another than the stack's own. */
    public void stand(Layers files) {
        layers = files;
    }

    /** Nothing is known at a key or below it, and why is told elsewhere. */
    public void refuse(String key) {
        refused.add(VisibleText.line(key));
    }

    /** What may be wrong, and refuses nothing: above all, what is not known here. */
    public void warn(String key, String message) {
        warnings.add(new Problem(key, message, layers.fileOf(key)));
    }

    /** What is wrong at or below a key only because somebody misspelt it, and is told of the misspelt key already. */
    public void excuse(String key) {
        var path = VisibleText.line(key);
        excused.add(path);
        doubt(path);
    }

    /** What stands in the fleet under these keys, one in the other; the fleet itself if there are none. */
    public Place at(String... keys) {
        return new Place(ConfigSource.FLEET, this).at(keys);
    }

    boolean isAt(String place) {
        var path = VisibleText.line(place);
        return excused.contains(path) || refused.contains(path) || paths.contains(path);
    }

    boolean isAtOrBelow(String place) {
        return above.contains(VisibleText.line(place));
    }

    static boolean isAtOrBelow(String path, String above) {
        return path.equals(above) || path.startsWith(above + ".") || path.startsWith(above + "[");
    }

    /** The problems in the order of their paths, in which item 10 of a list comes after item 2. */
    public List<Problem> found() {
        return sorted(found);
    }

    /** The warnings, in the same order. */
    public List<Problem> warnings() {
        return sorted(warnings);
    }

    private List<Problem> sorted(List<Problem> all) {
        return all.stream()
                .filter(problem -> excused.stream().noneMatch(path -> isAtOrBelow(problem.path(), path)))
                .distinct()
                .sorted(Comparator.comparing(problem -> inOrder(problem.path())))
                .toList();
    }

    /** Each index with as many digits as any has. */
    private static String inOrder(String path) {
        return INDEX.matcher(path)
                .replaceAll(index -> "[" + "0".repeat(10 - index.group(1).length()) + index.group(1) + "]");
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigException when anything is wrong
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(file, found());
        }
    }
}
