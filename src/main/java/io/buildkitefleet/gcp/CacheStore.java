package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.storage.BucketArgs;
import com.pulumi.gcp.storage.BucketIAMMember;
import com.pulumi.gcp.storage.BucketIAMMemberArgs;
import com.pulumi.gcp.storage.inputs.BucketEncryptionArgs;
import com.pulumi.gcp.storage.inputs.BucketLifecycleRuleActionArgs;
import com.pulumi.gcp.storage.inputs.BucketLifecycleRuleArgs;
import com.pulumi.gcp.storage.inputs.BucketLifecycleRuleConditionArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket of cache entries, all of which could be made again. Whoever writes an entry decides what its readers build
 * with, so nobody reads where somebody of less trust writes.
 */
public final class CacheStore extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:CacheStore";

    /**
     * What a cache store is made of.
     *
     * @param bucket its name, which is global
     * @param key the id of the key that encrypts it
     * @param keepDays days after which an entry is deleted
     */
    public record Args(
            Output<String> project,
            String bucket,
            Output<String> key,
            int keepDays,
            List<User> users,
            CommonArgs common) {
        public Args {
            users = List.copyOf(users);
        }
    }

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

    private final Output<String> bucketName;

    public CacheStore(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var bucket = bucket(name, args);
        var granted = new ArrayList<Output<String>>();
        for (var user : args.users()) {
            for (var role : user.access().roles()) {
                granted.add(grant(name + "-" + user.name() + "-" + role, bucket, role, user, args.bucket()));
            }
        }
        bucketName = granted.isEmpty() ? bucket.name() : Output.all(granted).applyValue(names -> names.get(0));
        registerOutputs(Map.of("bucket", bucketName));
    }

    /** The bucket's name, known once its users may use it. */
    public Output<String> bucketName() {
        return bucketName;
    }

    private Output<String> grant(String grantName, GoogleBucket bucket, String role, User user, String known) {
        var grant = BucketIAMMemberArgs.builder()
                .bucket(bucket.name())
                .role("roles/storage." + role)
                .member(user.member());
        user.prefix().ifPresent(prefix -> grant.condition(Prefixes.below(known, prefix)));
        return new BucketIAMMember(grantName, grant.build(), child().build()).bucket();
    }

    private GoogleBucket bucket(String name, Args args) {
        return new GoogleBucket(
                name + "-bucket",
                GoogleBucket.Inputs.withoutSoftDelete(BucketArgs.builder()
                        .project(args.project())
                        .name(args.bucket())
                        .location(args.common().region())
                        .encryption(BucketEncryptionArgs.builder()
                                .defaultKmsKeyName(args.key())
                                .build())
                        .labels(args.common().labels())
                        .uniformBucketLevelAccess(true)
                        .publicAccessPrevention("enforced")
                        .forceDestroy(!args.common().protect())
                        .lifecycleRules(
                                List.of(rule("Delete", args.keepDays()), rule("AbortIncompleteMultipartUpload", 1)))
                        .build()),
                child().protect(args.common().protect()).build());
    }

    private static BucketLifecycleRuleArgs rule(String action, int days) {
        return BucketLifecycleRuleArgs.builder()
                .action(BucketLifecycleRuleActionArgs.builder().type(action).build())
                .condition(BucketLifecycleRuleConditionArgs.builder().age(days).build())
                .build();
    }
}
