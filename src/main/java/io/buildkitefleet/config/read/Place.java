package io.buildkitefleet.config.read;

/**
 * A place of the configuration, and what is wrong there: what is said of a value stands at its path, and what only
 * follows from a value that is wrong itself need not be said.
 */
public final class Place {
    private final String path;
    private final Problems problems;

    Place(String path, Problems problems) {
        this.path = path;
        this.problems = problems;
    }

    /** From the key with its namespace down: {@code buildkite-fleet:fleet.pools.big}. */
    public String path() {
        return path;
    }

    /** What stands below it under these keys, one in the other. */
    public Place at(String... keys) {
        return keys.length == 0 ? this : new Place(path + "." + String.join(".", keys), problems);
    }

    /** An item of the list that stands here. */
    public Place item(int index) {
        return new Place(path + "[" + index + "]", problems);
    }

    public void add(String message) {
        problems.add(path, message);
    }

    /** Of what stands below it under a key. */
    public void add(String key, String message) {
        at(key).add(message);
    }

    /** Whether the value as a whole is wrong, and all that stands below it left out. */
    public boolean isRefused() {
        return problems.anyAt(path);
    }

    /** Whether anything is wrong here or below. */
    public boolean isInDoubt() {
        return problems.anyBelow(path);
    }

    public boolean isInDoubt(String key) {
        return at(key).isInDoubt();
    }
}
