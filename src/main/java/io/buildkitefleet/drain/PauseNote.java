package io.buildkitefleet.drain;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What people read of a queue that a drain has paused, and by which a drain knows its own.
 *
 * @param stack as {@code project/stack}
 * @param id of the drain
 * @param text all of it
 */
record PauseNote(String stack, String id, String text) {
    private static final Pattern MARK = Pattern.compile("\\[fleet drain (\\S+) ([0-9a-f-]{36})]");

    /**
     * A new one.
     *
     * @param who by name
     * @param where the machine
     * @param resume the command that resumes what stays paused
     */
    static PauseNote of(String stack, String who, String where, String resume) {
        var id = UUID.randomUUID().toString();
        var text = "Paused by " + who + " (on " + where
                + ") until an update of the fleet is done, by which this queue would"
                + " lose running jobs. It resumes by itself; if it does not, run: " + resume + " [fleet drain " + stack
                + " " + id + "]";
        return new PauseNote(stack, id, text);
    }

    /** The note of a drain; none if somebody else wrote it. */
    static Optional<PauseNote> parse(String note) {
        return MARK.matcher(note).results().findFirst().map(mark -> new PauseNote(mark.group(1), mark.group(2), note));
    }

    /** Whether another note is of the same drain, also if somebody added to it. */
    boolean isIn(String note) {
        return parse(note).filter(other -> other.id().equals(id)).isPresent();
    }
}
