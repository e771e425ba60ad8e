package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import java.util.List;
import java.util.Map;

/**
 * What an {@link ArtifactStore} is made of.
 *
 * @param bucket its name, which is global
 * @param location a region or multi-region
 * @param keepDays days after which an artifact is deleted
 */
public record ArtifactStoreArgs(
        Output<String> project,
        String bucket,
        String location,
        int keepDays,
        List<Writer> writers,
        Map<String, String> labels,
        boolean protect) {
    /**
     * Who writes below one prefix and reads everything.
     *
     * @param queue whose jobs they are
     * @param prefix where they write, with the slash at the end
     */
    public record Writer(String queue, String prefix, Output<String> member) {}
}
