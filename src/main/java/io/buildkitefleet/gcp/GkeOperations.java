package io.buildkitefleet.gcp;

import com.pulumi.resources.CustomTimeouts;
import java.time.Duration;

/** How long GKE may take for a cluster or a node pool. */
final class GkeOperations {
    /**
     * As long as Google's own provider waits for a node pool since 7.42.0: an operation that outlives Pulumi makes the
     * next up wait or fail.
     */
    private static final Duration PATIENCE = Duration.ofHours(2);

    private GkeOperations() {}

    static CustomTimeouts timeouts() {
        return CustomTimeouts.builder()
                .create(PATIENCE)
                .update(PATIENCE)
                .delete(PATIENCE)
                .build();
    }
}
