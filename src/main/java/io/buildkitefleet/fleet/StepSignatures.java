package io.buildkitefleet.fleet;

import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.SigningConfig;
import io.buildkitefleet.config.value.Trust;
import java.util.Optional;

/**
 * What a queue has to do with signatures of steps.
 *
 * @param keyId the key that signs
 * @param publicKeys the keys that verify, as the agent reads them
 * @param signs whether its jobs sign what they upload
 * @param required whether a step runs only with a signature that holds
 */
public record StepSignatures(String keyId, String publicKeys, boolean signs, boolean required) {
    /**
     * Of a queue of a fleet; nothing on an untrusted queue: its Buildkite cluster has no queue that signs.
     *
     * @param name the queue's name
     */
    public static Optional<StepSignatures> of(Optional<SigningConfig> signing, String name, QueueConfig queue) {
        return signing.filter(found -> queue.trust() == Trust.TRUSTED)
                .map(found -> new StepSignatures(
                        found.signingKey().map(key -> key.id()).orElse(""),
                        found.publicKeys().json(),
                        name.equals(SigningConfig.UPLOAD_QUEUE),
                        found.queues().contains(name)));
    }
}
