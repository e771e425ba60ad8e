package io.buildkitefleet.rules;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.resources.ResourceType;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Types of which no rule could say anything, each with the reason. */
public final class NeedsNoRule {
    private static final Map<ResourceType, String> REASONS = Map.of(
            GoogleType.ROUTER,
            "it moves nothing by itself; its NAT is read",
            GoogleType.SERVICE_IDENTITY,
            "it is Google's own account of a service, which has what it is granted; grants are read",
            KubernetesType.PERSISTENT_VOLUME_CLAIM,
            "what it claims is a volume or a class; both are read",
            KubernetesType.VOLUME_SNAPSHOT_CLASS,
            "it says how snapshots are made, and opens none",
            KubernetesType.POD_DISRUPTION_BUDGET,
            "it puts off that a pod is moved, and gives no right");

    private static final SortedMap<String, String> TYPES = REASONS.entrySet().stream()
            .collect(Collectors.collectingAndThen(
                    Collectors.toMap(
                            entry -> entry.getKey().token(), Map.Entry::getValue, (one, other) -> one, TreeMap::new),
                    Collections::unmodifiableSortedMap));

    private NeedsNoRule() {}

    static boolean holds(String type) {
        return TYPES.containsKey(type);
    }

    /** The reasons by type. */
    public static SortedMap<String, String> types() {
        return TYPES;
    }
}
