package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.storage.BucketArgs;
import com.pulumi.gcp.storage.BucketIAMMember;
import com.pulumi.gcp.storage.BucketIAMMemberArgs;
import com.pulumi.gcp.storage.inputs.BucketEncryptionArgs;
import com.pulumi.gcp.storage.inputs.BucketLifecycleRuleActionArgs;
import com.pulumi.gcp.storage.inputs.BucketLifecycleRuleArgs;
import com.pulumi.gcp.storage.inputs.BucketLifecycleRuleConditionArgs;
import com.pulumi.gcp.storage.inputs.BucketVersioningArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import java.util.List;
import java.util.Map;

/**
 * The bucket of artifacts: the jobs of a queue write below the queue's prefix and read everything, so that a later step
 * or another pipeline can use what an earlier one made, and none can change what another queue made.
 */
public final class ArtifactStore extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:ArtifactStore";

    /** Days for which an overwritten or deleted artifact can be brought back. */
    private static final int RECOVERY_DAYS = 7;

    /**
     * What an artifact store is made of.
     *
     * @param bucket its name, which is global
     * @param location a region or multi-region
     * @param key the id of the key that encrypts it
     * @param keepDays days after which an artifact is deleted
     */
    public record Args(
            Output<String> project,
            String bucket,
            String location,
            Output<String> key,
            int keepDays,
            List<Writer> writers,
            CommonArgs common) {}

    /**
     * Who writes below one prefix and reads everything.
     *
     * @param queue whose jobs they are
     * @param prefix where they write, with the slash at the end
     */
    public record Writer(String queue, String prefix, Output<String> member) {}

    private final GoogleBucket bucket;

    public ArtifactStore(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        bucket = bucket(name, args);
        for (var writer : args.writers()) {
            new BucketIAMMember(
                    name + "-" + writer.queue() + "-read",
                    BucketIAMMemberArgs.builder()
                            .bucket(bucket.name())
                            .role("roles/storage.objectViewer")
                            .member(writer.member())
                            .build(),
                    child().build());
            new BucketIAMMember(
                    name + "-" + writer.queue() + "-write",
                    BucketIAMMemberArgs.builder()
                            .bucket(bucket.name())
                            .role("roles/storage.objectCreator")
                            .member(writer.member())
                            .condition(Prefixes.below(args.bucket(), writer.prefix()))
                            .build(),
                    child().build());
        }
        registerOutputs(Map.of("bucket", bucketName()));
    }

    public Output<String> bucketName() {
        return bucket.name();
    }

    private GoogleBucket bucket(String name, Args args) {
        return new GoogleBucket(
                name + "-bucket",
                GoogleBucket.Inputs.withoutSoftDelete(BucketArgs.builder()
                        .project(args.project())
                        .name(args.bucket())
                        .location(args.location())
                        .encryption(BucketEncryptionArgs.builder()
                                .defaultKmsKeyName(args.key())
                                .build())
                        .labels(args.common().labels())
                        .uniformBucketLevelAccess(true)
                        .publicAccessPrevention("enforced")
                        // An unprotected stack is one that may be thrown away, with what its jobs made.
                        .forceDestroy(!args.common().protect())
                        .versioning(BucketVersioningArgs.builder().enabled(true).build())
                        .lifecycleRules(
                                delete(BucketLifecycleRuleConditionArgs.builder()
                                        .age(args.keepDays())
                                        .withState("LIVE")
                                        .build()),
                                delete(BucketLifecycleRuleConditionArgs.builder()
                                        .daysSinceNoncurrentTime(RECOVERY_DAYS)
                                        .withState("ARCHIVED")
                                        .build()),
                                rule(
                                        "AbortIncompleteMultipartUpload",
                                        BucketLifecycleRuleConditionArgs.builder()
                                                .age(1)
                                                .build()))
                        .build()),
                child().protect(args.common().protect()).build());
    }

    private static BucketLifecycleRuleArgs delete(BucketLifecycleRuleConditionArgs condition) {
        return rule("Delete", condition);
    }

    private static BucketLifecycleRuleArgs rule(String action, BucketLifecycleRuleConditionArgs condition) {
        return BucketLifecycleRuleArgs.builder()
                .action(BucketLifecycleRuleActionArgs.builder().type(action).build())
                .condition(condition)
                .build();
    }
}
