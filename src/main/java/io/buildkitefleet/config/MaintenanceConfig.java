package io.buildkitefleet.config;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;

/**
 * When Google may upgrade the cluster.
 *
 * @param days the days on which a window begins
 * @param start when it begins, in UTC
 * @param hours how long it lasts
 * @param freezes spans without any upgrade
 */
public record MaintenanceConfig(List<DayOfWeek> days, LocalTime start, int hours, List<Freeze> freezes) {
    /** A span in which nothing is upgraded. */
    public record Freeze(String name, Instant from, Instant until) {}
}
