package io.buildkitefleet.diff;

import java.util.List;

/**
 * What happens to one resource.
 *
 * @param urn at the head, or of what is deleted
 * @param formerName its logical name before, if an alias ties it to one; else empty
 * @param properties that change; none for what is created or deleted
 * @param danger what is lost with it, if it holds state or is protected; else empty
 */
public record ResourceChange(
        Operation operation,
        String urn,
        String type,
        String name,
        String formerName,
        List<PropertyChange> properties,
        String danger) {
    /** What Pulumi would do. */
    public enum Operation {
        CREATE,
        UPDATE,
        /** An update that replaces the resource if the cloud or the provider can't do it in place. */
        MAY_REPLACE,
        REPLACE,
        DELETE
    }

    public ResourceChange {
        properties = List.copyOf(properties);
    }

    /** Whether what it holds is, or may be, lost. */
    public boolean isDangerous() {
        return !danger.isEmpty();
    }
}
