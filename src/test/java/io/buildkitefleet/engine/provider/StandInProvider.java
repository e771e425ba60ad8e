package io.buildkitefleet.engine.provider;

import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.engine.google.GoogleFacts;
import io.buildkitefleet.engine.google.GoogleLimits;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import pulumirpc.Plugin.PluginAttach;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.Provider.GetSchemaResponse;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.InvokeResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;
import pulumirpc.ResourceProviderGrpc;

/** Plays the provider of a package under the real engine. */
final class StandInProvider extends ResourceProviderGrpc.ResourceProviderImplBase {
    private final String version;
    private final boolean keepsSecrets;
    private final Cloud cloud;
    private final Lifecycle lifecycle;

    /**
     * @param version as of the package's SDK
     * @param keepsSecrets whether it understands marks of secrets; if not, the engine takes them off and puts them back
     */
    StandInProvider(String version, boolean keepsSecrets, Cloud cloud) {
        this.version = version;
        this.keepsSecrets = keepsSecrets;
        this.cloud = cloud;
        this.lifecycle = new Lifecycle(cloud);
    }

    @Override
    public void getPluginInfo(Empty request, StreamObserver<PluginInfo> observer) {
        answer(observer, () -> PluginInfo.newBuilder().setVersion(version).build());
    }

    @Override
    public void attach(PluginAttach request, StreamObserver<Empty> observer) {
        answer(observer, Empty::getDefaultInstance);
    }

    @Override
    public void cancel(Empty request, StreamObserver<Empty> observer) {
        answer(observer, Empty::getDefaultInstance);
    }

    @Override
    public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> observer) {
        answer(observer, () -> GetSchemaResponse.newBuilder().setSchema("{}").build());
    }

    @Override
    public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> observer) {
        answer(
                observer,
                () -> CheckResponse.newBuilder().setInputs(request.getNews()).build());
    }

    @Override
    public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> observer) {
        answer(observer, () -> ConfigurationDiff.of(request.getUrn(), request.getOldInputs(), request.getNews()));
    }

    @Override
    public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> observer) {
        answer(observer, () -> {
            var configuration = Values.plain(request.getArgs());
            Values.text(configuration, "project").ifPresent(lifecycle::useProject);
            lifecycle.useSwitches(configuration.getFieldsMap().entrySet().stream()
                    .filter(setting -> isOn(setting.getValue()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet()));
            return ConfigureResponse.newBuilder()
                    .setAcceptSecrets(keepsSecrets)
                    .setSupportsPreview(true)
                    .build();
        });
    }

    /** The engine hands the SDK's JSON text on. */
    private static boolean isOn(Value setting) {
        return setting.getBoolValue() || setting.getStringValue().equals("true");
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
        cloud.record("Check", request.getType(), request.getName());
        answer(observer, () -> {
            var type = type(request.getType());
            var named = lifecycle.named(type, request.getUrn(), request.getNews(), request.getOlds());
            var response = CheckResponse.newBuilder().setInputs(named);
            if (ComputedOutputs.isGoogle(type.token())) {
                GoogleLimits.of(type.token())
                        .refusals(named)
                        .forEach((path, reason) -> response.addFailures(
                                CheckFailure.newBuilder().setProperty(path).setReason(path + ": " + reason)));
            }
            InputCheck.of(type, request.getNews())
                    .forEach(failure -> response.addFailures(CheckFailure.newBuilder()
                            .setProperty(failure.path())
                            .setReason(failure.path() + ": " + failure.reason())));
            return response.build();
        });
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<DiffResponse> observer) {
        cloud.record("Diff", request.getType(), request.getName());
        answer(
                observer,
                () -> lifecycle.diff(
                        request.getUrn(),
                        request.getType(),
                        request.getOlds(),
                        request.getOldInputs(),
                        request.getNews(),
                        request.getIgnoreChangesList()));
    }

    @Override
    public void create(CreateRequest request, StreamObserver<CreateResponse> observer) {
        cloud.record(method("Create", request.getPreview()), request.getType(), request.getName());
        answer(observer, () -> {
            var type = type(request.getType());
            if (request.getPreview()) {
                return CreateResponse.newBuilder()
                        .setProperties(ComputedOutputs.preview(type, request.getProperties()))
                        .build();
            }
            var made = lifecycle.create(type, request.getUrn(), request.getProperties());
            return CreateResponse.newBuilder()
                    .setId(made.id())
                    .setProperties(made.outputs())
                    .build();
        });
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadResponse> observer) {
        cloud.record("Read", request.getType(), request.getName());
        answer(observer, () -> lifecycle
                .read(request.getType(), request.getId(), request.getInputs())
                .map(resource -> ReadResponse.newBuilder()
                        .setId(resource.id())
                        .setInputs(resource.inputs())
                        .setProperties(resource.outputs())
                        .build())
                .orElseGet(ReadResponse::getDefaultInstance));
    }

    @Override
    public void update(UpdateRequest request, StreamObserver<UpdateResponse> observer) {
        cloud.record(method("Update", request.getPreview()), request.getType(), request.getName());
        answer(observer, () -> {
            var outputs = lifecycle.updated(
                    request.getType(), request.getId(), request.getOlds(), request.getOldInputs(), request.getNews());
            if (!request.getPreview()) {
                lifecycle.update(request.getUrn(), request.getType(), request.getId(), request.getNews(), outputs);
            }
            return UpdateResponse.newBuilder().setProperties(outputs).build();
        });
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<Empty> observer) {
        cloud.record("Delete", request.getType(), request.getName());
        answer(observer, () -> {
            lifecycle.delete(request.getType(), request.getId());
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void invoke(InvokeRequest request, StreamObserver<InvokeResponse> observer) {
        cloud.record("Invoke", request.getTok(), "");
        answer(observer, () -> InvokeResponse.newBuilder()
                .setReturn(Struct.newBuilder().putAllFields(result(request.getTok(), request.getArgs())))
                .build());
    }

    private Map<String, Value> result(String function, Struct arguments) {
        return switch (function) {
            case "gcp:organizations/getProject:getProject" ->
                Map.of(
                        "id", Values.of("projects/" + lifecycle.project()),
                        "projectId", Values.of(lifecycle.project()),
                        "number", Values.of(GoogleFacts.PROJECT_NUMBER));
            case "gcp:organizations/getClientConfig:getClientConfig" ->
                Map.of(
                        "id", Values.of("client"),
                        "project", Values.of(lifecycle.project()),
                        "accessToken", Values.secret(Values.of("stand-in-token")));
            case "gcp:kms/getKMSCryptoKeyVersion:getKMSCryptoKeyVersion" -> keyVersion(arguments);
            case "gcp:storage/getProjectServiceAccount:getProjectServiceAccount" -> storageAgent(arguments);
            default ->
                throw Status.UNIMPLEMENTED
                        .withDescription("the stand-in provider has no answer to " + function)
                        .asRuntimeException();
        };
    }

    /** Cloud KMS has the public half of a version that was made, and of no other. */
    private static Map<String, Value> keyVersion(Struct arguments) {
        var key = Values.text(arguments, "cryptoKey").orElse("");
        var version = arguments.getFieldsOrDefault("version", Values.of(1));
        var name = key + "/cryptoKeyVersions/" + (int) version.getNumberValue();
        var pem = "-----BEGIN PUBLIC KEY-----\n" + name + "\n-----END PUBLIC KEY-----\n";
        var algorithm = Values.of("RSA_DECRYPT_OAEP_4096_SHA256");
        return Map.of(
                "id", Values.of(name),
                "name", Values.of(name),
                "cryptoKey", Values.of(key),
                "version", version,
                "algorithm", algorithm,
                "protectionLevel", Values.of("SOFTWARE"),
                "state", Values.of("ENABLED"),
                "publicKeys", Values.of(List.of(Values.of(Map.of("algorithm", algorithm, "pem", Values.of(pem))))));
    }

    /**
     * https://oneuptime.com/blog/post/2026-02-17-how-to-troubleshoot-permission-denied-when-using-cmek-with-gcp-services
     */
    private static Map<String, Value> storageAgent(Struct arguments) {
        var address = "service-" + GoogleFacts.PROJECT_NUMBER + "@gs-project-accounts.iam.gserviceaccount.com";
        return Map.of(
                "id", Values.of(address),
                "emailAddress", Values.of(address),
                "member", Values.of("serviceAccount:" + address),
                "project", Values.of(Values.text(arguments, "project").orElse("")));
    }

    private static SdkType type(String token) {
        return SdkType.of(token).orElseThrow(() -> Status.INVALID_ARGUMENT
                .withDescription("the provider has no type " + token)
                .asRuntimeException());
    }

    private static String method(String name, boolean preview) {
        return preview ? name + "(preview)" : name;
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> response) {
        try {
            observer.onNext(response.get());
            observer.onCompleted();
        } catch (StatusRuntimeException refused) {
            observer.onError(refused);
        }
    }
}
