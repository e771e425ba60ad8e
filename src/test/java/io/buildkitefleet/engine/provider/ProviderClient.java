package io.buildkitefleet.engine.provider;

import com.google.gson.JsonParser;
import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;

/** Asks a stand-in provider directly, as the engine would, about the resource {@code thing} of a type. */
final class ProviderClient {
    private final StandInProvider provider;
    private final String type;

    ProviderClient(Cloud cloud, String type) {
        this.provider = new StandInProvider("1.0.0", true, cloud);
        this.type = type;
    }

    String urn() {
        return "urn:pulumi:dev::fleet::" + type + "::thing";
    }

    CheckResponse check(String news) {
        return check(news, Struct.getDefaultInstance());
    }

    CheckResponse check(String news, Struct olds) {
        var request = CheckRequest.newBuilder()
                .setUrn(urn())
                .setType(type)
                .setName("thing")
                .setNews(struct(news))
                .setOlds(olds)
                .build();
        return ask(observer -> provider.check(request, observer));
    }

    /** What a check finds wrong, each with its path. */
    List<String> failures(String news) {
        return check(news).getFailuresList().stream()
                .map(failure -> failure.getReason())
                .sorted()
                .toList();
    }

    DiffResponse diff(String olds, String news) {
        var request = DiffRequest.newBuilder()
                .setUrn(urn())
                .setType(type)
                .setOlds(struct(olds))
                .setOldInputs(struct(olds))
                .setNews(struct(news))
                .build();
        return ask(observer -> provider.diff(request, observer));
    }

    CreateResponse create(String inputs) {
        return create(struct(inputs), false);
    }

    CreateResponse previewCreate(String inputs) {
        return create(struct(inputs), true);
    }

    private CreateResponse create(Struct inputs, boolean preview) {
        var request = CreateRequest.newBuilder()
                .setUrn(urn())
                .setType(type)
                .setName("thing")
                .setProperties(inputs)
                .setPreview(preview)
                .build();
        return ask(observer -> provider.create(request, observer));
    }

    /** Updates a resource that was made of these inputs. */
    UpdateResponse update(CreateResponse made, String olds, String news) {
        var request = UpdateRequest.newBuilder()
                .setUrn(urn())
                .setType(type)
                .setId(made.getId())
                .setOlds(made.getProperties())
                .setOldInputs(struct(olds))
                .setNews(struct(news))
                .build();
        return ask(observer -> provider.update(request, observer));
    }

    ReadResponse read(String id) {
        var request = ReadRequest.newBuilder().setType(type).setId(id).build();
        return ask(observer -> provider.read(request, observer));
    }

    void delete(String id) {
        var request = DeleteRequest.newBuilder().setType(type).setId(id).build();
        ProviderClient.<Empty>ask(observer -> provider.delete(request, observer));
    }

    /** Property values written as JSON. */
    static Struct struct(String json) {
        return Values.ofJson(JsonParser.parseString(json)).getStructValue();
    }

    private static <T> T ask(Consumer<StreamObserver<T>> call) {
        var answers = new ArrayList<T>();
        call.accept(new StreamObserver<>() {
            @Override
            public void onNext(T answer) {
                answers.add(answer);
            }

            @Override
            public void onError(Throwable error) {
                throw (RuntimeException) error;
            }

            @Override
            public void onCompleted() {}
        });
        return answers.get(0);
    }
}
