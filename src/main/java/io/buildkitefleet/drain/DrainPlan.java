package io.buildkitefleet.drain;

import java.util.List;
import java.util.Optional;

/**
 * What a drain is about.
 *
 * @param organization at Buildkite, by its slug
 * @param clusters names of the clusters there in which the fleet's queues are; none: wherever they are
 * @param previewCommand Pulumi's preview of the update, in JSON with all resources
 * @param upCommand the update
 * @param resumeCommand what a person runs after a drain that was killed
 * @param account the service account that the update acts as by a token from outside of Google Cloud, if it does
 * @param ownJob the job that the drain itself runs in; none outside of Buildkite's jobs
 */
public record DrainPlan(
        DrainOwner owner,
        String organization,
        List<String> clusters,
        List<String> previewCommand,
        List<String> upCommand,
        String resumeCommand,
        Optional<String> account,
        Optional<OwnJob> ownJob,
        AtLimit atLimit,
        DrainTiming timing) {
    /** What to do when jobs do not end. */
    public enum AtLimit {
        /** Change nothing. */
        STOP,
        /** Go on, and lose them. */
        UP
    }

    public DrainPlan {
        clusters = List.copyOf(clusters);
        previewCommand = List.copyOf(previewCommand);
        upCommand = List.copyOf(upCommand);
    }
}
