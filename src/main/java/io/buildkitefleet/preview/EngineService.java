package io.buildkitefleet.preview;

import com.google.protobuf.Empty;
import io.buildkitefleet.pulumi.Diagnostic;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import pulumirpc.EngineGrpc;
import pulumirpc.EngineOuterClass.GetRootResourceRequest;
import pulumirpc.EngineOuterClass.GetRootResourceResponse;
import pulumirpc.EngineOuterClass.LogRequest;
import pulumirpc.EngineOuterClass.LogSeverity;
import pulumirpc.EngineOuterClass.RequirePulumiVersionRequest;
import pulumirpc.EngineOuterClass.RequirePulumiVersionResponse;
import pulumirpc.EngineOuterClass.SetRootResourceRequest;
import pulumirpc.EngineOuterClass.SetRootResourceResponse;

/** The half of the protocol to which the program sends its log. */
final class EngineService extends EngineGrpc.EngineImplBase {
    private final List<Diagnostic> diagnostics = new CopyOnWriteArrayList<>();
    private volatile String rootResource = "";

    List<Diagnostic> diagnostics() {
        return List.copyOf(diagnostics);
    }

    /** Adds a warning of the recorder's own, once. */
    void warn(String message) {
        var warning = new Diagnostic(Diagnostic.Severity.WARNING, message, "");
        if (!diagnostics.contains(warning)) {
            diagnostics.add(warning);
        }
    }

    /** Drops debug messages, of which the SDK sends several for each resource, and those that are not to be kept. */
    @Override
    public void log(LogRequest request, StreamObserver<Empty> observer) {
        if (request.getSeverity() != LogSeverity.DEBUG && !request.getEphemeral()) {
            diagnostics.add(new Diagnostic(
                    severity(request.getSeverity()), request.getMessage().strip(), request.getUrn()));
        }
        answer(observer, Empty.getDefaultInstance());
    }

    @Override
    public void setRootResource(SetRootResourceRequest request, StreamObserver<SetRootResourceResponse> observer) {
        rootResource = request.getUrn();
        answer(observer, SetRootResourceResponse.getDefaultInstance());
    }

    @Override
    public void getRootResource(GetRootResourceRequest request, StreamObserver<GetRootResourceResponse> observer) {
        answer(
                observer,
                GetRootResourceResponse.newBuilder().setUrn(rootResource).build());
    }

    @Override
    public void requirePulumiVersion(
            RequirePulumiVersionRequest request, StreamObserver<RequirePulumiVersionResponse> observer) {
        answer(observer, RequirePulumiVersionResponse.getDefaultInstance());
    }

    private static Diagnostic.Severity severity(LogSeverity severity) {
        return switch (severity) {
            case ERROR -> Diagnostic.Severity.ERROR;
            case WARNING -> Diagnostic.Severity.WARNING;
            default -> Diagnostic.Severity.INFO;
        };
    }

    private static <T> void answer(StreamObserver<T> observer, T response) {
        observer.onNext(response);
        observer.onCompleted();
    }
}
