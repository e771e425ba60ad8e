package io.buildkitefleet.sdk;

import com.google.protobuf.Empty;
import com.pulumi.deployment.internal.Engine;
import java.util.concurrent.CompletableFuture;
import pulumirpc.EngineGrpc.EngineImplBase;
import pulumirpc.EngineOuterClass.GetRootResourceRequest;
import pulumirpc.EngineOuterClass.GetRootResourceResponse;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.RequirePulumiVersionRequest;
import pulumirpc.EngineOuterClass.RequirePulumiVersionResponse;

/** The engine, to which the program sends its log, as the SDK sees it. */
record CalledEngine(EngineImplBase service) implements Engine {
    @Override
    public CompletableFuture<Void> logAsync(LogRequest request) {
        return Answer.<LogRequest, Empty>of(service::log, request).thenApply(empty -> null);
    }

    @Override
    public CompletableFuture<GetRootResourceResponse> getRootResourceAsync(GetRootResourceRequest request) {
        return Answer.of(service::getRootResource, request);
    }

    @Override
    public CompletableFuture<RequirePulumiVersionResponse> requirePulumiVersionAsync(
            RequirePulumiVersionRequest request) {
        return Answer.of(service::requirePulumiVersion, request);
    }
}
