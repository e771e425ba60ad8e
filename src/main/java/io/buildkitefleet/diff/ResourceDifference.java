package io.buildkitefleet.diff;

import java.util.List;

/**
 * A resource that only one of two stacks has, or that differs between them.
 *
 * @param name its logical name
 * @param properties that differ; none for what only one stack has
 */
public record ResourceDifference(Kind kind, String type, String name, List<PropertyChange> properties) {
    /** In which of the two it is. */
    public enum Kind {
        ONLY_IN_STACK,
        ONLY_IN_BASE,
        DIFFERS
    }

    public ResourceDifference {
        properties = List.copyOf(properties);
    }
}
