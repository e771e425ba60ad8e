package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.engine.google.BucketKeyPlace;
import io.buildkitefleet.engine.google.GoogleAnswers;
import io.buildkitefleet.engine.google.GoogleDiff;
import io.buildkitefleet.engine.google.GoogleFacts;
import io.buildkitefleet.engine.google.GoogleFault;
import io.buildkitefleet.engine.google.GoogleFault.Left;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pulumirpc.Provider.DiffResponse;

/** Makes, changes and deletes resources of a cloud, and refuses what a real cloud would refuse. */
final class Lifecycle {
    private static final String CLUSTER = "gcp:container/cluster:Cluster";
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
        refuseKeyElsewhere(type.token(), facts);
        var id = ResourceIds.of(type.token(), facts);
        var known = GoogleFacts.of(facts, id);
        var fault = cloud.googleFault(type.token(), facts);
        if (fault.isPresent() && fault.get().left() == Left.NOTHING) {
            throw failure(fault.get().message(known));
        }
        if (cloud.isInError(id.replaceFirst("/nodePools/.*", ""))) {
            throw failure(GoogleFault.IN_A_CLUSTER_IN_ERROR);
        }
        var made = new CloudResource(urn, type.token(), id, inputs, ComputedOutputs.created(type, inputs, known));
        if (ResourceIds.canBeShared(type.token())) {
            cloud.put(made);
        } else if (!cloud.putNew(made)) {
            throw failure("Error 409: " + type.token() + " " + id + " already exists");
        }
        if (fault.isPresent() && fault.get() == GoogleFault.CLUSTER_IN_ERROR) {
            cloud.markAsInError(id);
        }
        if (fault.isPresent()) {
            throw PartialFailure.of(
                    made,
                    fault.get().left(),
                    "creating " + urn + ": 1 error occurred:\n\t* "
                            + fault.get().message(known));
        }
        return made;
    }

    /**
     * What is there, with the inputs that it could have been made of.
     *
     * @param known its inputs as far as the engine knows them; empty for a resource that is not in its state
     */
    Optional<CloudResource> read(String type, String id, Struct known) {
        return described(type, id).map(resource -> {
            if (!ComputedOutputs.isGoogle(type) || known.getFieldsCount() == 0) {
                return resource;
            }
            var inputs = GoogleAnswers.of(type).inputs(known, resource.outputs());
            return new CloudResource(resource.urn(), type, id, inputs, resource.outputs());
        });
    }

    /** A cluster is described with its pools, as they are by now. */
    private Optional<CloudResource> described(String type, String id) {
        return cloud.get(type, id)
                .map(resource -> type.equals(CLUSTER) ? resource.describedAs("nodePools", pools(id)) : resource);
    }

    private Value pools(String cluster) {
        return Values.of(cloud.resources().stream()
                .filter(resource -> resource.id().startsWith(cluster + "/nodePools/"))
                .map(pool -> Values.of(withoutPlace(pool.outputs())))
                .toList());
    }

    /** What a pool is inside of its cluster. */
    private static Struct withoutPlace(Struct pool) {
        return pool.toBuilder()
                .removeFields("cluster")
                .removeFields("location")
                .removeFields(PROJECT)
                .removeFields("deletionPolicy")
                .removeFields("operation")
                .build();
    }

    /**
     * What the resource is once its inputs have changed. If nothing changes, Google's provider reads what is there,
     * which completes a resource of which a failed creation left a part: <a
     * href="https://github.com/hashicorp/terraform-provider-google-beta/blob/v7.45.0/google-beta/tpgresource/utils.go">
     * DeletionPolicyPreUpdate</a>.
     */
    Struct updated(String type, String id, Struct oldOutputs, Struct oldInputs, Struct news) {
        var there = described(type, id);
        if (ComputedOutputs.isGoogle(type)
                && there.isPresent()
                && GoogleDiff.of(type, oldOutputs, news, List.of()).kinds().isEmpty()) {
            return there.get().outputs();
        }
        return ComputedOutputs.updated(
                type, oldOutputs, oldInputs, news, GoogleFacts.of(withProject(Values.plain(news)), id));
    }

    void update(String urn, String type, String id, Struct inputs, Struct outputs) {
        if (cloud.get(type, id).isEmpty()) {
            throw failure("Error 404: " + type + " " + id + " is not there");
        }
        refuseKeyElsewhere(type, Values.plain(inputs));
        cloud.put(new CloudResource(urn, type, id, inputs, outputs));
    }

    private static void refuseKeyElsewhere(String type, Struct facts) {
        BucketKeyPlace.refusal(type, facts).ifPresent(message -> {
            throw failure(message);
        });
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
