package io.buildkitefleet.preview;

import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
import pulumirpc.ResourceMonitorGrpc;

/** The half of the protocol to which the program sends its resources. */
final class MonitorService extends ResourceMonitorGrpc.ResourceMonitorImplBase {
    /** What the engine supports, except what would have it call back into the program. */
    private static final Set<String> FEATURES =
            Set.of("secrets", "resourceReferences", "outputValues", "aliasSpecs", "deletedWith", "parameterization");

    private static final String GET_RESOURCE = "pulumi:pulumi:getResource";

    private final Recorder recorder;
    private final EngineService engine;
    private final Consumer<ProjectException> failure;
    private final PreviewOutputs outputs = new PreviewOutputs();

    /** @param failure called when the program does what the engine would refuse */
    MonitorService(Recorder recorder, EngineService engine, Consumer<ProjectException> failure) {
        this.recorder = recorder;
        this.engine = engine;
        this.failure = failure;
    }

    @Override
    public void supportsFeature(SupportsFeatureRequest request, StreamObserver<SupportsFeatureResponse> observer) {
        answer(observer, () -> SupportsFeatureResponse.newBuilder()
                .setHasSupport(FEATURES.contains(request.getId()))
                .build());
    }

    @Override
    public void registerResource(RegisterResourceRequest request, StreamObserver<RegisterResourceResponse> observer) {
        answer(observer, () -> {
            Registration registration = recorder.register(request);
            return RegisterResourceResponse.newBuilder()
                    .setUrn(registration.urn())
                    .setId(registration.isProvider() ? PropertyValues.UNKNOWN : request.getImportId())
                    .setObject(outputs.of(request))
                    .build();
        });
    }

    @Override
    public void registerResourceOutputs(RegisterResourceOutputsRequest request, StreamObserver<Empty> observer) {
        answer(observer, () -> {
            recorder.registerOutputs(request);
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void readResource(ReadResourceRequest request, StreamObserver<ReadResourceResponse> observer) {
        answer(observer, () -> ReadResourceResponse.newBuilder()
                .setUrn(recorder.read(request).urn())
                .setProperties(PreviewOutputs.known(request.getProperties(), List.of()))
                .build());
    }

    @Override
    public void registerPackage(RegisterPackageRequest request, StreamObserver<RegisterPackageResponse> observer) {
        answer(observer, () -> RegisterPackageResponse.newBuilder()
                .setRef(recorder.registerPackage(request))
                .build());
    }

    @Override
    public void invoke(ResourceInvokeRequest request, StreamObserver<ResourceInvokeResponse> observer) {
        answer(observer, () -> {
            recorder.call(request.getTok(), request.getProvider(), request.getVersion(), request.getPackageRef());
            Struct result =
                    request.getTok().equals(GET_RESOURCE) ? resource(request.getArgs()) : unanswered(request.getTok());
            return ResourceInvokeResponse.newBuilder().setReturn(result).build();
        });
    }

    @Override
    public void call(ResourceCallRequest request, StreamObserver<CallResponse> observer) {
        answer(observer, () -> {
            recorder.call(request.getTok(), request.getProvider(), request.getVersion(), request.getPackageRef());
            return CallResponse.newBuilder()
                    .setReturn(unanswered(request.getTok()))
                    .build();
        });
    }

    @Override
    public void signalAndWaitForShutdown(Empty request, StreamObserver<Empty> observer) {
        answer(observer, Empty::getDefaultInstance);
    }

    /** One unknown field makes the whole result unknown to the Java SDK. */
    private Struct unanswered(String token) {
        engine.warn("the program asks a provider for " + token
                + ", which the offline preview cannot answer: what depends on it shows as unknown");
        return Struct.newBuilder()
                .putFields("offline", PropertyValues.string(PropertyValues.UNKNOWN))
                .build();
    }

    private static Struct resource(Struct arguments) {
        return Struct.newBuilder()
                .putFields("urn", arguments.getFieldsOrThrow("urn"))
                .putFields("id", PropertyValues.string(""))
                .putFields("state", PropertyValues.object(Struct.getDefaultInstance()))
                .build();
    }

    private <T> void answer(StreamObserver<T> observer, Supplier<T> response) {
        try {
            observer.onNext(response.get());
            observer.onCompleted();
        } catch (ProjectException e) {
            failure.accept(e);
            observer.onError(Status.FAILED_PRECONDITION
                    .withDescription(e.getMessage())
                    .withCause(e)
                    .asRuntimeException());
        }
    }
}
