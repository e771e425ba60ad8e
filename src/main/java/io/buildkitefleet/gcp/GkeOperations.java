package io.buildkitefleet.gcp;

import com.pulumi.resources.CustomTimeouts;
import java.time.Duration;

/** How long GKE may take for a cluster or a node pool. */
final class GkeOperations {
    /** GKE's own limit of an operation is an hour; a regional cluster takes up to half of that. */
    private static final Duration PATIENCE = Duration.ofMinutes(45);

    private GkeOperations() {}

    static CustomTimeouts timeouts() {
        return CustomTimeouts.builder()
                .create(PATIENCE)
                .update(PATIENCE)
                .delete(PATIENCE)
                .build();
    }
}
