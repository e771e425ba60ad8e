package io.buildkitefleet.preview.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.gcp.storage.Bucket;
import com.pulumi.gcp.storage.BucketArgs;
import com.pulumi.gcp.storage.StorageFunctions;

/** Names a bucket after an answer that only Google can give. */
public final class InvokingProgram {
    private InvokingProgram() {}

    public static void main(String[] args) {
        Pulumi.run(InvokingProgram::define);
    }

    public static void define(Context ctx) {
        var account = StorageFunctions.getProjectServiceAccount().applyValue(result -> result.emailAddress());
        new Bucket("logs", BucketArgs.builder().location("US").name(account).build());
    }
}
