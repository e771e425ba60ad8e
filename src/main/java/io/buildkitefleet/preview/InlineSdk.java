package io.buildkitefleet.preview;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.protobuf.Empty;
import com.pulumi.Config;
import com.pulumi.Context;
import com.pulumi.context.internal.ConfigContextInternal;
import com.pulumi.context.internal.ContextInternal;
import com.pulumi.context.internal.LoggingContextInternal;
import com.pulumi.context.internal.OutputContextInternal;
import com.pulumi.core.internal.OutputFactory;
import com.pulumi.deployment.internal.DeploymentImpl;
import com.pulumi.deployment.internal.DeploymentInstanceHolder;
import com.pulumi.deployment.internal.DeploymentInstanceInternal;
import com.pulumi.deployment.internal.Engine;
import com.pulumi.deployment.internal.Monitor;
import com.pulumi.deployment.internal.Runner;
import com.pulumi.internal.PulumiInternal;
import com.pulumi.resources.Resource;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import pulumirpc.EngineOuterClass.GetRootResourceRequest;
import pulumirpc.EngineOuterClass.GetRootResourceResponse;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.RequirePulumiVersionRequest;
import pulumirpc.EngineOuterClass.RequirePulumiVersionResponse;
import pulumirpc.Provider.CallResponse;
import pulumirpc.Resource.ReadResourceRequest;
import pulumirpc.Resource.ReadResourceResponse;
import pulumirpc.Resource.RegisterPackageRequest;
import pulumirpc.Resource.RegisterPackageResponse;
import pulumirpc.Resource.RegisterResourceOutputsRequest;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;
import pulumirpc.Resource.ResourceCallRequest;
import pulumirpc.Resource.ResourceInvokeRequest;
import pulumirpc.Resource.ResourceInvokeResponse;
import pulumirpc.Resource.SupportsFeatureRequest;
import pulumirpc.Resource.SupportsFeatureResponse;

/**
 * {@code Pulumi.run} with the engine in the same JVM: the SDK calls the services where it would send them a message.
 *
 * <p>This is the one class that uses what the SDK calls internal, and what may change with each version of it. Whoever
 * raises the SDK compares it with {@code PulumiInternal.fromInline} and {@code DeploymentImpl} of the new one.
 *
 * @see <a
 *     href="https://github.com/pulumi/pulumi-java/tree/v1.16.0/sdk/java/pulumi/src/main/java/com/pulumi/deployment/internal">the
 *     SDK's sources</a>
 */
final class InlineSdk {
    /** The version of the SDK that this was compared with. */
    static final String COMPARED_WITH = "1.36.1";

    private InlineSdk() {}

    /** @return completes with the exit code that a process would end with */
    static CompletableFuture<Integer> run(
            Project project, Stack stack, MonitorService monitor, EngineService engine, Consumer<Context> program) {
        var organization = ProgramEnvironment.ORGANIZATION;
        var config =
                new DeploymentImpl.Config(ImmutableMap.copyOf(stack.config()), ImmutableSet.copyOf(stack.secretKeys()));
        var state = new DeploymentImpl.DeploymentState(
                config,
                silentLogger(),
                organization,
                project.name(),
                stack.name(),
                project.directory().toString(),
                true,
                new CalledEngine(engine),
                new CalledMonitor(monitor));
        state.runner = new TaskQueue(state.runner);
        var deployment = new DeploymentImpl(state);
        var context = new ContextInternal(
                organization,
                project.name(),
                stack.name(),
                new LoggingContextInternal(deployment.getLog()),
                new ConfigContextInternal(project.name(), namespace -> new Config(config, namespace)),
                new OutputContextInternal(new OutputFactory(state.runner)),
                List.of());
        DeploymentInstanceHolder.setInstance(new DeploymentInstanceInternal(deployment));
        try {
            return new PulumiInternal(state.runner, context).runAsync(program);
        } finally {
            DeploymentInstanceHolder.setInstance(null);
        }
    }

    /** What the SDK tells the engine, it also writes to standard error. */
    private static Logger silentLogger() {
        var logger = Logger.getAnonymousLogger();
        logger.setLevel(Level.OFF);
        return logger;
    }

    /**
     * Waits for what the program has started in the order of its start. The SDK's own runner, which still tells what
     * fails, asks all of it over and over whether it is done: half of the time with a hundred queues.
     */
    private record TaskQueue(Runner sdk, ConcurrentLinkedQueue<CompletableFuture<?>> tasks) implements Runner {
        TaskQueue(Runner sdk) {
            this(sdk, new ConcurrentLinkedQueue<>());
        }

        @Override
        public <T> void registerTask(String description, CompletableFuture<T> task) {
            tasks.add(task);
        }

        @Override
        public <T> CompletableFuture<Result<T>> runAsync(Supplier<T> program) {
            return sdk.runAsync(() -> {
                var value = program.get();
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.join();
                }
                return value;
            });
        }
    }

    private record CalledEngine(EngineService service) implements Engine {
        @Override
        public CompletableFuture<Void> logAsync(LogRequest request) {
            return InlineSdk.<LogRequest, Empty>answer(service::log, request).thenApply(empty -> null);
        }

        @Override
        public CompletableFuture<GetRootResourceResponse> getRootResourceAsync(GetRootResourceRequest request) {
            return answer(service::getRootResource, request);
        }

        @Override
        public CompletableFuture<RequirePulumiVersionResponse> requirePulumiVersionAsync(
                RequirePulumiVersionRequest request) {
            return answer(service::requirePulumiVersion, request);
        }
    }

    private record CalledMonitor(MonitorService service) implements Monitor {
        @Override
        public CompletableFuture<SupportsFeatureResponse> supportsFeatureAsync(SupportsFeatureRequest request) {
            return answer(service::supportsFeature, request);
        }

        @Override
        public CompletableFuture<ResourceInvokeResponse> invokeAsync(ResourceInvokeRequest request) {
            return answer(service::invoke, request);
        }

        @Override
        public CompletableFuture<CallResponse> callAsync(ResourceCallRequest request) {
            return answer(service::call, request);
        }

        @Override
        public CompletableFuture<ReadResourceResponse> readResourceAsync(
                Resource resource, ReadResourceRequest request) {
            return answer(service::readResource, request);
        }

        @Override
        public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
                Resource resource, RegisterResourceRequest request) {
            return answer(service::registerResource, request);
        }

        @Override
        public CompletableFuture<Void> registerResourceOutputsAsync(RegisterResourceOutputsRequest request) {
            return InlineSdk.<RegisterResourceOutputsRequest, Empty>answer(service::registerResourceOutputs, request)
                    .thenApply(empty -> null);
        }

        @Override
        public CompletableFuture<RegisterPackageResponse> registerPackageAsync(RegisterPackageRequest request) {
            return answer(service::registerPackage, request);
        }
    }

    /** The service answers before the call returns. */
    private static <Q, A> CompletableFuture<A> answer(BiConsumer<Q, StreamObserver<A>> call, Q request) {
        var answer = new CompletableFuture<A>();
        call.accept(request, new StreamObserver<>() {
            @Override
            public void onNext(A value) {
                answer.complete(value);
            }

            @Override
            public void onError(Throwable reason) {
                answer.completeExceptionally(reason);
            }

            @Override
            public void onCompleted() {}
        });
        return answer;
    }
}
