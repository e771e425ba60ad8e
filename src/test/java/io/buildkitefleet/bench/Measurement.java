package io.buildkitefleet.bench;

import java.time.Duration;

/**
 * One run of a command.
 *
 * @param wall from its start to its end
 * @param cpu of all its processes
 * @param peakMegabytes most memory that any one of its processes had at a time, in MB; 0 where the system does not tell
 */
record Measurement(Duration wall, Duration cpu, long peakMegabytes) {}
