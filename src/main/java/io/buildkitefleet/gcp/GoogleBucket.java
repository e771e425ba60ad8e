package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.gcp.storage.BucketArgs;
import com.pulumi.gcp.storage.inputs.BucketAutoclassArgs;
import com.pulumi.gcp.storage.inputs.BucketCorArgs;
import com.pulumi.gcp.storage.inputs.BucketCustomPlacementConfigArgs;
import com.pulumi.gcp.storage.inputs.BucketEncryptionArgs;
import com.pulumi.gcp.storage.inputs.BucketLifecycleRuleArgs;
import com.pulumi.gcp.storage.inputs.BucketLoggingArgs;
import com.pulumi.gcp.storage.inputs.BucketRetentionPolicyArgs;
import com.pulumi.gcp.storage.inputs.BucketVersioningArgs;
import com.pulumi.gcp.storage.inputs.BucketWebsiteArgs;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;

/**
 * A bucket, which may have what the SDK's class of one lacks. Its type is Google's own, and what that class knows is
 * taken from there.
 */
final class GoogleBucket extends CustomResource {
    private static final String TYPE = "gcp:storage/bucket:Bucket";

    @Export(
            name = "name",
            refs = {String.class},
            tree = "[0]")
    private Output<String> name;

    GoogleBucket(String resourceName, Inputs inputs, CustomResourceOptions options) {
        super(TYPE, resourceName, inputs, options);
    }

    /** Its name, once it is there. */
    Output<String> name() {
        return name;
    }

    /** What a bucket is made of. */
    static final class Inputs extends ResourceArgs {
        @Import(name = "autoclass")
        private final Output<BucketAutoclassArgs> autoclass;

        @Import(name = "cors")
        private final Output<List<BucketCorArgs>> cors;

        @Import(name = "customPlacementConfig")
        private final Output<BucketCustomPlacementConfigArgs> customPlacementConfig;

        @Import(name = "defaultEventBasedHold")
        private final Output<Boolean> defaultEventBasedHold;

        @Import(name = "encryption")
        private final Output<BucketEncryptionArgs> encryption;

        @Import(name = "forceDestroy")
        private final Output<Boolean> forceDestroy;

        @Import(name = "labels")
        private final Output<Map<String, String>> labels;

        @Import(name = "lifecycleRules")
        private final Output<List<BucketLifecycleRuleArgs>> lifecycleRules;

        @Import(name = "location", required = true)
        private final Output<String> location;

        @Import(name = "logging")
        private final Output<BucketLoggingArgs> logging;

        @Import(name = "name")
        private final Output<String> name;

        @Import(name = "project")
        private final Output<String> project;

        @Import(name = "publicAccessPrevention")
        private final Output<String> publicAccessPrevention;

        @Import(name = "requesterPays")
        private final Output<Boolean> requesterPays;

        @Import(name = "retentionPolicy")
        private final Output<BucketRetentionPolicyArgs> retentionPolicy;

        @Import(name = "storageClass")
        private final Output<String> storageClass;

        @Import(name = "uniformBucketLevelAccess")
        private final Output<Boolean> uniformBucketLevelAccess;

        @Import(name = "versioning")
        private final Output<BucketVersioningArgs> versioning;

        @Import(name = "website")
        private final Output<BucketWebsiteArgs> website;

        /** https://cloud.google.com/storage/docs/soft-delete */
        @Import(name = "softDeletePolicy")
        private final Output<SoftDeletePolicy> softDeletePolicy;

        private Inputs(BucketArgs sdk, SoftDeletePolicy softDelete) {
            autoclass = sdk.autoclass().orElse(null);
            cors = sdk.cors().orElse(null);
            customPlacementConfig = sdk.customPlacementConfig().orElse(null);
            defaultEventBasedHold = sdk.defaultEventBasedHold().orElse(null);
            encryption = sdk.encryption().orElse(null);
            forceDestroy = sdk.forceDestroy().orElse(null);
            labels = sdk.labels().orElse(null);
            lifecycleRules = sdk.lifecycleRules().orElse(null);
            location = sdk.location();
            logging = sdk.logging().orElse(null);
            name = sdk.name().orElse(null);
            project = sdk.project().orElse(null);
            publicAccessPrevention = sdk.publicAccessPrevention().orElse(null);
            requesterPays = sdk.requesterPays().orElse(null);
            retentionPolicy = sdk.retentionPolicy().orElse(null);
            storageClass = sdk.storageClass().orElse(null);
            uniformBucketLevelAccess = sdk.uniformBucketLevelAccess().orElse(null);
            versioning = sdk.versioning().orElse(null);
            website = sdk.website().orElse(null);
            softDeletePolicy = Output.of(softDelete);
        }

        /**
         * What is deleted or overwritten is gone at once. Google keeps and bills it for seven days if nothing is said.
         */
        static Inputs withoutSoftDelete(BucketArgs sdk) {
            return new Inputs(sdk, new SoftDeletePolicy(0));
        }
    }

    /** For how long what was deleted can be brought back, from 7 to 90 days, or 0. */
    private static final class SoftDeletePolicy extends ResourceArgs {
        @Import(name = "retentionDurationSeconds")
        private final Output<Integer> retentionDurationSeconds;

        private SoftDeletePolicy(int seconds) {
            retentionDurationSeconds = Output.of(seconds);
        }
    }
}
