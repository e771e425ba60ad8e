package io.buildkitefleet.gcp;

import com.pulumi.gcp.container.inputs.ClusterMaintenancePolicyArgs;
import com.pulumi.gcp.container.inputs.ClusterMaintenancePolicyMaintenanceExclusionArgs;
import com.pulumi.gcp.container.inputs.ClusterMaintenancePolicyMaintenanceExclusionExclusionOptionsArgs;
import com.pulumi.gcp.container.inputs.ClusterMaintenancePolicyRecurringWindowArgs;
import io.buildkitefleet.config.MaintenanceConfig;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

/** Writes a maintenance configuration as GKE wants it. */
final class Maintenance {
    /** A window needs a first day; any in the past will do, and a fixed one never shows as a change. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);

    private Maintenance() {}

    static ClusterMaintenancePolicyArgs policy(MaintenanceConfig config) {
        var start = FIRST_DAY.atTime(config.start()).toInstant(ZoneOffset.UTC);
        var end = FIRST_DAY.atTime(config.start()).plusHours(config.hours()).toInstant(ZoneOffset.UTC);
        var days = config.days().stream().map(day -> day.name().substring(0, 2)).collect(Collectors.joining(","));
        return ClusterMaintenancePolicyArgs.builder()
                .recurringWindow(ClusterMaintenancePolicyRecurringWindowArgs.builder()
                        .startTime(start.toString())
                        .endTime(end.toString())
                        .recurrence("FREQ=WEEKLY;BYDAY=" + days)
                        .build())
                .maintenanceExclusions(
                        config.freezes().stream().map(Maintenance::exclusion).toList())
                .build();
    }

    private static ClusterMaintenancePolicyMaintenanceExclusionArgs exclusion(MaintenanceConfig.Freeze freeze) {
        return ClusterMaintenancePolicyMaintenanceExclusionArgs.builder()
                .exclusionName(freeze.name())
                .startTime(freeze.from().toString())
                .endTime(freeze.until().toString())
                .exclusionOptions(ClusterMaintenancePolicyMaintenanceExclusionExclusionOptionsArgs.builder()
                        .scope("NO_UPGRADES")
                        .build())
                .build();
    }
}
