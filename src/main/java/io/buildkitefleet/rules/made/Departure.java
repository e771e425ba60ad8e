package io.buildkitefleet.rules.made;

import io.buildkitefleet.diff.Excerpt;
import io.buildkitefleet.pulumi.PropertyValues;

/**
 * One place in which a resource of a plan differs.
 *
 * @param path as Pulumi writes it: {@code spec.validations[3].expression}
 * @param planned as JSON text; empty for nothing
 * @param made as JSON text; empty for nothing
 */
record Departure(String path, String planned, String made) {
    /** The other values stay a part of a line that somebody reads to its end. */
    private static final int LONGEST = 60;

    /** The same without what the plan says. */
    Departure hidden() {
        return planned.isEmpty() ? this : new Departure(path, "another value", made);
    }

    /** For a person: {@code path is A, not B}, with the parts of long values in which they differ. */
    String told() {
        var here = described(planned);
        var there = described(made);
        var excerpt = Excerpt.of(here, there, LONGEST);
        if (made.isEmpty()) {
            return path + " is " + excerpt.in(here) + ", which the program does not set";
        }
        return planned.isEmpty()
                ? path + " is not set, and the program sets " + excerpt.in(there)
                : path + " is " + excerpt.in(here) + ", not " + excerpt.in(there);
    }

    private static String described(String json) {
        return json.replace("\"" + PropertyValues.UNKNOWN + "\"", "known after up")
                .replace(PropertyValues.UNKNOWN, "known after up");
    }
}
