package io.buildkitefleet.config.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Collects everything that is wrong with one stack's configuration, so that all of it can be told at once. */
public final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    public Problems(String stack) {
        this.file = "Pulumi." + stack + ".yaml";
    }

    public void add(String path, String message) {
        found.add(new Problem(path, message));
    }

    /** The place of a key, which is written with its namespace. */
    public Place place(String path) {
        return new Place(path, this);
    }

    /**
     * A name that is none of those that there are.
     *
     * @param otherwise what to do if no known name is near it
     */
    public void addUnknown(String path, String what, String got, Set<String> known, String otherwise) {
        add(path, "is not " + what + ", got \"" + got + "\"; " + Section.suggestion(got, known, otherwise));
    }

    /** Whether anything at this path or below it is wrong already, so that what follows from it need not be said. */
    public boolean anyBelow(String path) {
        return found.stream()
                .map(Problem::path)
                .anyMatch(known -> known.equals(path) || known.startsWith(path + ".") || known.startsWith(path + "["));
    }

    /** Whether something is wrong with the value at this path as a whole. */
    public boolean anyAt(String path) {
        return found.stream().anyMatch(problem -> problem.path().equals(path));
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
