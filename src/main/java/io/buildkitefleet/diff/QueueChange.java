package io.buildkitefleet.diff;

import java.util.List;

/**
 * What a queue's users will notice.
 *
 * @param fields of its summary that differ; for a queue that is new or gone, all that say something
 */
public record QueueChange(Kind kind, String queue, List<Field> fields) {
    public enum Kind {
        NEW,
        CHANGED,
        GONE
    }

    /** One of the summary's fields, as text. */
    public record Field(String name, String before, String after) {}

    public QueueChange {
        fields = List.copyOf(fields);
    }
}
