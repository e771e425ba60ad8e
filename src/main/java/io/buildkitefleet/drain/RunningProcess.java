package io.buildkitefleet.drain;

import java.time.Instant;

/**
 * A process of this machine, which is known again by both: the id of one that has ended may be another's by now.
 *
 * @param id 0 for none
 * @param started when it began, in seconds since 1970
 */
record RunningProcess(long id, long started) {
    static final RunningProcess NONE = new RunningProcess(0, 0);

    static RunningProcess of(ProcessHandle process) {
        return new RunningProcess(
                process.pid(),
                process.info().startInstant().map(Instant::getEpochSecond).orElse(0L));
    }

    boolean isAlive() {
        return ProcessHandle.of(id)
                .filter(ProcessHandle::isAlive)
                .filter(found -> of(found).equals(this))
                .isPresent();
    }
}
