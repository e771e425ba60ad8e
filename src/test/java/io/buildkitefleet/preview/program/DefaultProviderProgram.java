package io.buildkitefleet.preview.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.gcp.Provider;
import com.pulumi.gcp.ProviderArgs;
import com.pulumi.gcp.storage.Bucket;
import com.pulumi.gcp.storage.BucketArgs;
import com.pulumi.gcp.storage.StorageFunctions;
import com.pulumi.resources.CustomResourceOptions;

/** Needs the default provider of Google Cloud for what the configuration {@code test:needs} says, or for nothing. */
public final class DefaultProviderProgram {
    private DefaultProviderProgram() {}

    public static void main(String[] args) {
        Pulumi.run(DefaultProviderProgram::define);
    }

    public static void define(Context ctx) {
        switch (ctx.config("test").require("needs")) {
            case "create" ->
                new Bucket("logs", BucketArgs.builder().location("US").build());
            case "read" -> Bucket.get("logs", Output.of("logs"), null, CustomResourceOptions.Empty);
            case "invoke" ->
                ctx.export(
                        "account",
                        StorageFunctions.getProjectServiceAccount().applyValue(result -> result.emailAddress()));
            default -> {
                var google = new Provider(
                        "google", ProviderArgs.builder().project("acme").build());
                new Bucket(
                        "logs",
                        BucketArgs.builder().location("US").build(),
                        CustomResourceOptions.builder().provider(google).build());
            }
        }
    }
}
