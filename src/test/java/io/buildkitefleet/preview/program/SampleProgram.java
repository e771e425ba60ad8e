package io.buildkitefleet.preview.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.asset.StringAsset;
import com.pulumi.core.Alias;
import com.pulumi.core.Output;
import com.pulumi.gcp.storage.Bucket;
import com.pulumi.gcp.storage.BucketArgs;
import com.pulumi.gcp.storage.BucketObject;
import com.pulumi.gcp.storage.BucketObjectArgs;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import java.time.Duration;
import java.util.Map;

/** Two components, a provider, and one resource for each thing that a plan can say about one. */
public final class SampleProgram {
    private SampleProgram() {}

    public static void main(String[] args) {
        Pulumi.run(SampleProgram::define);
    }

    public static void define(Context ctx) {
        var cluster = new Part(
                "cluster", ComponentResourceOptions.builder().protect(true).build());
        var bucket = bucket(cluster);
        var cloud = new Provider(
                "cluster",
                ProviderArgs.builder()
                        .kubeconfig(Output.ofSecret("kubeconfig-in-clear"))
                        .build(),
                CustomResourceOptions.builder().parent(cluster).build());
        var queue = new Part(
                "queue",
                ComponentResourceOptions.builder()
                        .parent(cluster)
                        .providers(cloud)
                        .retainOnDelete(true)
                        .build());
        var namespace = new Namespace(
                "queue",
                NamespaceArgs.builder()
                        .metadata(ObjectMetaArgs.builder().name("queue-big").build())
                        .build(),
                CustomResourceOptions.builder().parent(queue).dependsOn(bucket).build());
        token(ctx, queue, namespace);
        queue.finish(Map.of("namespace", namespace.id()));
        Namespace.get(
                "existing",
                Output.of("kube-system"),
                CustomResourceOptions.builder().provider(cloud).build());
        ctx.log().warn("no budget is set");
        ctx.export("location", bucket.location());
        ctx.export("url", bucket.url());
    }

    private static Bucket bucket(Part parent) {
        var bucket = new Bucket(
                "artifacts",
                BucketArgs.builder()
                        .location("US")
                        .labels(Map.of("team", "build"))
                        .build(),
                CustomResourceOptions.builder()
                        .parent(parent)
                        .ignoreChanges("labels")
                        .replaceOnChanges("location")
                        .deleteBeforeReplace(true)
                        .aliases(Alias.builder().name("old-artifacts").build())
                        .customTimeouts(CustomTimeouts.builder()
                                .create(Duration.ofMinutes(30))
                                .build())
                        .build());
        new BucketObject(
                "hook",
                BucketObjectArgs.builder()
                        .bucket(bucket.name())
                        .source(new StringAsset("#!/bin/sh\n"))
                        .build(),
                CustomResourceOptions.builder().parent(parent).build());
        return bucket;
    }

    private static void token(Context ctx, Part parent, Namespace namespace) {
        new Secret(
                "token",
                SecretArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name("token")
                                .namespace(namespace.metadata().applyValue(metadata -> metadata.name()
                                        .orElseThrow()))
                                .build())
                        .stringData(
                                ctx.config().requireSecret("agentToken").applyValue(token -> Map.of("token", token)))
                        .build(),
                CustomResourceOptions.builder().parent(parent).protect(false).build());
    }
}
