package io.buildkitefleet.gcp;

import com.pulumi.gcp.storage.inputs.BucketIAMMemberConditionArgs;

/** Grants that hold for a part of a bucket: https://cloud.google.com/storage/docs/access-control/iam#conditions */
final class Prefixes {
    private Prefixes() {}

    /** @param prefix what the names of the objects begin with, with the slash at the end */
    static BucketIAMMemberConditionArgs below(String bucket, String prefix) {
        return BucketIAMMemberConditionArgs.builder()
                .title("below " + prefix)
                .expression("resource.name.startsWith(\"projects/_/buckets/" + bucket + "/objects/" + prefix + "\")")
                .build();
    }
}
