package io.buildkitefleet.config.read;

import io.buildkitefleet.text.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong with one stack's configuration, so that all of it can be told at once. */
public final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /** Of the file of a stack's name. */
    public Problems(String stack) {
        this.file = "Pulumi." + stack + ".yaml";
    }

    /** Of the file that the configuration is in. */
    public Problems(ConfigSource source) {
        this.file = source.file();
    }

    /** Of a key, which is written with its namespace. */
    public void add(String key, String message) {
        found.add(new Problem(key, message));
    }

    /** What stands in the fleet under these keys, one in the other; the fleet itself if there are none. */
    public Place at(String... keys) {
        return new Place(ConfigSource.FLEET, this).at(keys);
    }

    boolean isAt(String place) {
        var path = VisibleText.line(place);
        return found.stream().anyMatch(problem -> problem.path().equals(path));
    }

    boolean isAtOrBelow(String place) {
        var path = VisibleText.line(place);
        return found.stream()
                .map(Problem::path)
                .anyMatch(known -> known.equals(path) || known.startsWith(path + ".") || known.startsWith(path + "["));
    }

    /** The problems in the order of their paths. */
    public List<Problem> found() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::path))
                .toList();
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
