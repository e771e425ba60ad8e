package io.buildkitefleet.buildkite;

import java.time.Instant;
import java.util.Optional;

/**
 * A token of a cluster with which agents register. Its value is told once, when it is made, and never again.
 *
 * @param expiresAt from when on no agent registers with it
 */
public record AgentToken(String description, Optional<Instant> expiresAt) {
    public boolean isValidAt(Instant moment) {
        return expiresAt.filter(end -> !end.isAfter(moment)).isEmpty();
    }
}
