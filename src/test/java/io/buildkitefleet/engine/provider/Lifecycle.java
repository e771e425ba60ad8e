package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.engine.google.GoogleAnswers;
import io.buildkitefleet.engine.google.GoogleDiff;
import io.buildkitefleet.engine.google.GoogleFacts;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pulumirpc.Provider.DiffResponse;

/** Makes, changes and deletes resources of a cloud, and refuses what a real cloud would refuse. */
final class Lifecycle {
    private static final String PROJECT = "project";

    private final Cloud cloud;
    private volatile String project = "";
    private volatile Set<String> switches = Set.of();

    Lifecycle(Cloud cloud) {
        this.cloud = cloud;
    }

    /** Sets the project of resources that name none. */
    void useProject(String configured) {
        project = configured;
    }

    /** Sets what is changed in place, for example {@code enableSecretMutable}. */
    void useSwitches(Set<String> configured) {
        switches = configured;
    }

    String project() {
        return project;
    }

    /** The inputs with a name, if the type has one that was not given. */
    Struct named(SdkType type, String urn, Struct news, Struct olds) {
        return AutoNames.complete(type, urn, news, olds, inputs -> cloud.get(type.token(), id(type.token(), inputs))
                .isEmpty());
    }

    /**
     * What changes. As with the real providers, a replacement that would get the same id, and not by chance, has to be
     * deleted first.
     *
     * @param outputs what the provider last said of the resource
     * @param olds the inputs of which it was made
     * @param ignored paths whose changes do not count
     */
    DiffResponse diff(String urn, String type, Struct outputs, Struct olds, Struct news, List<String> ignored) {
        boolean google = ComputedOutputs.isGoogle(type);
        var diff = google ? GoogleDiff.of(type, outputs, news, ignored) : InputDiff.of(type, switches, olds, news);
        var plain = Values.plain(news);
        var name = Values.text(plain, "metadata", "name").or(() -> Values.text(plain, "name"));
        boolean inTheWay = !ResourceIds.canBeShared(type)
                && !ResourceIds.isCounted(type)
                && name.filter(given -> AutoNames.isGiven(urn, given)).isEmpty()
                && id(type, Values.plain(olds)).equals(id(type, plain));
        return diff.response(!google, diff.isReplacement() && inTheWay);
    }

    CloudResource create(SdkType type, String urn, Struct inputs) {
        pause();
        cloud.nextFault(urn).ifPresent(message -> {
            throw failure(message);
        });
        var facts = withProject(Values.plain(inputs));
        if (ResourceIds.isCounted(type.token())) {
            var number = cloud.nextNumber(Values.text(facts, "secret").orElse(""));
            facts = with(facts, "version", Integer.toString(number));
        }
        var id = ResourceIds.of(type.token(), facts);
        var made = new CloudResource(
                urn, type.token(), id, inputs, ComputedOutputs.created(type, inputs, GoogleFacts.of(facts, id)));
        if (ResourceIds.canBeShared(type.token())) {
            cloud.put(made);
        } else if (!cloud.putNew(made)) {
            throw failure("Error 409: " + type.token() + " " + id + " already exists");
        }
        return made;
    }

    /**
     * What is there, with the inputs that it could have been made of.
     *
     * @param known its inputs as far as the engine knows them; empty for a resource that is not in its state
     */
    Optional<CloudResource> read(String type, String id, Struct known) {
        return cloud.get(type, id).map(resource -> {
            if (!ComputedOutputs.isGoogle(type) || known.getFieldsCount() == 0) {
                return resource;
            }
            var inputs = GoogleAnswers.of(type).inputs(known, resource.outputs());
            return new CloudResource(resource.urn(), type, id, inputs, resource.outputs());
        });
    }

    /** What the resource is once its inputs have changed. */
    Struct updated(String type, String id, Struct oldOutputs, Struct oldInputs, Struct news) {
        return ComputedOutputs.updated(
                type, oldOutputs, oldInputs, news, GoogleFacts.of(withProject(Values.plain(news)), id));
    }

    void update(String urn, String type, String id, Struct inputs, Struct outputs) {
        if (cloud.get(type, id).isEmpty()) {
            throw failure("Error 404: " + type + " " + id + " is not there");
        }
        cloud.put(new CloudResource(urn, type, id, inputs, outputs));
    }

    void delete(String type, String id) {
        var isProtected = cloud.get(type, id)
                .map(resource -> resource.outputs().getFieldsOrDefault("deletionProtection", Values.of(false)))
                .filter(Value::getBoolValue)
                .isPresent();
        if (isProtected) {
            throw failure("Cannot destroy " + id + " because deletion_protection is set to true");
        }
        cloud.remove(type, id);
    }

    private String id(String type, Struct plain) {
        return ResourceIds.of(type, withProject(plain));
    }

    private Struct withProject(Struct plain) {
        return plain.containsFields(PROJECT) ? plain : with(plain, PROJECT, project);
    }

    private static Struct with(Struct struct, String name, String text) {
        return struct.toBuilder().putFields(name, Values.of(text)).build();
    }

    private void pause() {
        try {
            Thread.sleep(cloud.delay().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.asRuntimeException();
        }
    }

    private static StatusRuntimeException failure(String message) {
        return Status.UNKNOWN.withDescription(message).asRuntimeException();
    }
}
