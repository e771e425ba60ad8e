package io.buildkitefleet.preview;

import com.google.protobuf.Empty;
import com.pulumi.Context;
import com.pulumi.Log;
import com.pulumi.deployment.internal.DeploymentImpl;
import com.pulumi.deployment.internal.Runner;
import com.pulumi.resources.Resource;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.internal.MockMonitor;
import com.pulumi.test.internal.PulumiTestInternal;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import pulumirpc.Resource.RegisterPackageRequest;
import pulumirpc.Resource.RegisterPackageResponse;
import pulumirpc.Resource.RegisterResourceOutputsRequest;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;
import pulumirpc.Resource.SupportsFeatureRequest;
import pulumirpc.Resource.SupportsFeatureResponse;

/**
 * The {@link OfflineEngine} with the program in the JVM of the test and without a server between them: many previews in
 * the time that a few take otherwise. What depends on the program's own process is not tried so.
 */
public final class InlineEngine {
    private InlineEngine() {}

    /** @param program what Pulumi runs, with the environment that its process would have */
    public static Plan preview(Project project, Stack stack, BiConsumer<Context, Map<String, String>> program) {
        var recorder = new Recorder(project, stack);
        var log = new EngineService();
        var monitor = new Monitor(new MonitorService(recorder, log, refusal -> {}));
        var environment = ProgramEnvironment.of(project, stack, "none", Map.of());
        PulumiTestInternal.builder()
                .options(TestOptions.builder()
                        .projectName(project.name())
                        .stackName(stack.name())
                        .preview(true)
                        .build())
                .config(stack.config(), stack.secretKeys())
                .monitorDecorator(mock -> monitor)
                .deploymentFactory(state -> {
                    state.runner = new TaskRunner();
                    return new DeploymentImpl(state);
                })
                .build()
                .runTest(context -> program.accept(context, environment))
                .throwOnError();
        PulumiTest.cleanup();
        return new Plan(project, stack, recorder.registrations(), log.diagnostics());
    }

    /** Hands on what the SDK would send. */
    private static final class Monitor extends MockMonitor {
        private final MonitorService service;

        Monitor(MonitorService service) {
            super(args -> CompletableFuture.failedFuture(new UnsupportedOperationException(args.type)), Log.ignore());
            this.service = service;
        }

        @Override
        public CompletableFuture<SupportsFeatureResponse> supportsFeatureAsync(SupportsFeatureRequest request) {
            return answer(service::supportsFeature, request);
        }

        @Override
        public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
                Resource resource, RegisterResourceRequest request) {
            return answer(service::registerResource, request);
        }

        @Override
        public CompletableFuture<Void> registerResourceOutputsAsync(RegisterResourceOutputsRequest request) {
            return InlineEngine.<RegisterResourceOutputsRequest, Empty>answer(service::registerResourceOutputs, request)
                    .thenApply(empty -> null);
        }

        @Override
        public CompletableFuture<RegisterPackageResponse> registerPackageAsync(RegisterPackageRequest request) {
            return answer(service::registerPackage, request);
        }
    }

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

    /** As the SDK's, which asks its tasks over and over whether they are done, and so takes half of the time. */
    private static final class TaskRunner implements Runner {
        private final ConcurrentLinkedQueue<CompletableFuture<?>> tasks = new ConcurrentLinkedQueue<>();

        @Override
        public <T> void registerTask(String description, CompletableFuture<T> task) {
            tasks.add(task);
        }

        @Override
        public <T> CompletableFuture<Result<T>> runAsync(Supplier<T> program) {
            var result = program.get();
            var failures = new ArrayList<Exception>();
            for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                try {
                    task.join();
                } catch (RuntimeException reason) {
                    failures.add(reason);
                }
            }
            return CompletableFuture.completedFuture(
                    new Result<>(failures.isEmpty() ? 0 : 1, failures, Optional.of(result)) {});
        }
    }
}
