package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link CacheStore} is made of.
 *
 * @param bucket its name, which is global
 * @param location a region or multi-region
 * @param keepDays days after which an entry is deleted
 */
public record CacheStoreArgs(
        Output<String> project,
        String bucket,
        String location,
        int keepDays,
        List<User> users,
        Map<String, String> labels,
        boolean protect) {
    /** What somebody may do in the bucket. */
    public enum Access {
        /** Read, add and replace entries, as an index of results needs. */
        REPLACE("objectUser"),
        /** Read and add entries, and see that the bucket is there; what was added once stays as it is. */
        ADD("objectViewer", "objectCreator", "legacyBucketReader");

        private final List<String> roles;

        Access(String... roles) {
            this.roles = List.of(roles);
        }

        /** The roles of Cloud Storage, without what they all begin with. */
        List<String> roles() {
            return roles;
        }
    }

    /**
     * Who uses the bucket.
     *
     * @param name what its grants are named after
     * @param prefix the only place that it has access to, with the slash at the end: none for the whole bucket
     */
    public record User(String name, Output<String> member, Access access, Optional<String> prefix) {}

    public CacheStoreArgs {
        users = List.copyOf(users);
    }
}
