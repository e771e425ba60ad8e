package io.buildkitefleet.drain;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What people read of a queue that a drain has paused, and by which a drain knows its own.
 *
 * @param host where the drain runs; empty if the note does not say
 * @param process its process there
 * @param id of the drain
 * @param text all of it
 */
record PauseNote(DrainOwner owner, String host, RunningProcess process, String id, String text) {
    /** Notes of earlier versions say the stack and the id alone. */
    private static final Pattern MARK =
            Pattern.compile("\\[fleet drain (\\S+)(?: of (\\S+) by (\\S+):(\\d{1,18}):(\\d{1,18}))? ([0-9a-f-]{36})]");

    /**
     * A new one, of this process.
     *
     * @param who by name
     * @param resume the command that resumes what stays paused
     */
    static PauseNote of(DrainOwner owner, String who, String resume) {
        var id = UUID.randomUUID().toString();
        var host = PauseRecord.thisHost();
        var process = RunningProcess.of(ProcessHandle.current());
        var text = "Paused by " + who + " (on " + host
                + ") until an update of the fleet is done, by which this queue would"
                + " lose running jobs. It resumes by itself; if it does not, run: " + resume + " [fleet drain "
                + owner.stack() + " of " + owner.fleet() + " by " + host + ":" + process.id() + ":" + process.started()
                + " " + id + "]";
        return new PauseNote(owner, host, process, id, text);
    }

    /** The note of a drain; none if somebody else wrote it. */
    static Optional<PauseNote> parse(String note) {
        return MARK.matcher(note).results().findFirst().map(mark -> read(mark, note));
    }

    private static PauseNote read(MatchResult mark, String note) {
        return mark.group(2) == null
                ? new PauseNote(new DrainOwner(mark.group(1), ""), "", RunningProcess.NONE, mark.group(6), note)
                : new PauseNote(
                        new DrainOwner(mark.group(1), mark.group(2)),
                        mark.group(3),
                        new RunningProcess(Long.parseLong(mark.group(4)), Long.parseLong(mark.group(5))),
                        mark.group(6),
                        note);
    }

    /** Whether another note is of the same drain, also if somebody added to it. */
    boolean isIn(String note) {
        return parse(note).filter(other -> other.id().equals(id)).isPresent();
    }

    /** The drain, and what is known here of whether it still runs; its Pulumi may go on without it. */
    String drain() {
        if (!host.equals(PauseRecord.thisHost())) {
            return "the drain on " + host + ", of which nobody knows here whether it still runs";
        }
        return process.isAlive()
                ? "a drain that still runs here, as process " + process.id()
                : "a drain that was killed here, as process " + process.id();
    }
}
