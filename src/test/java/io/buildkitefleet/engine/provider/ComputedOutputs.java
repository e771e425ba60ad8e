package io.buildkitefleet.engine.provider;

import static java.util.Map.entry;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a provider adds to the inputs once a resource is there; in a preview of a new one, that it will be added. */
final class ComputedOutputs {
    private static final String CLUSTER = "gcp:container/cluster:Cluster";

    /** Words in braces stand for inputs, the id and the project. */
    private static final Map<String, Map<String, String>> FORMS = Map.ofEntries(
            entry("gcp:compute/address:Address", Map.of("address", "203.0.113.10", "selfLink", compute())),
            entry("gcp:compute/network:Network", Map.of("selfLink", compute())),
            entry("gcp:compute/subnetwork:Subnetwork", Map.of("selfLink", compute())),
            entry(CLUSTER, Map.of("endpoint", "198.51.100.20")),
            entry(
                    "gcp:projects/serviceIdentity:ServiceIdentity",
                    Map.of("email", "service-123456789012@{service}.iam.gserviceaccount.com")),
            entry("gcp:secretmanager/secret:Secret", Map.of("name", "{id}")),
            entry("gcp:secretmanager/secretVersion:SecretVersion", Map.of("name", "{id}")),
            entry(
                    "gcp:serviceaccount/account:Account",
                    Map.of("email", "{accountId}@{project}.iam.gserviceaccount.com", "name", "{id}")),
            entry("gcp:storage/bucket:Bucket", Map.of("url", "gs://{name}", "selfLink", "https://storage/{id}")));

    private ComputedOutputs() {}

    /** Outputs of a resource that is yet to be made. */
    static Struct preview(SdkType type, Struct inputs) {
        var outputs = inputs.toBuilder();
        type.outputs().keySet().stream()
                .filter(name -> !inputs.containsFields(name))
                .forEach(name -> outputs.putFields(name, Values.UNKNOWN));
        return type.token().equals(CLUSTER) ? withCertificate(outputs.build(), Values.UNKNOWN) : outputs.build();
    }

    /**
     * Outputs of a resource that is there.
     *
     * @param facts inputs without marks of secrets, the id, and what else is known
     */
    static Struct created(SdkType type, Struct inputs, Struct facts) {
        var outputs = inputs.toBuilder();
        type.outputs().forEach((name, valueType) -> {
            if (!inputs.containsFields(name)) {
                computed(type, name, valueType, facts).ifPresent(value -> outputs.putFields(name, value));
            }
        });
        return withNested(type.token(), outputs.build(), facts);
    }

    private static Optional<Value> computed(SdkType type, String name, Type valueType, Struct facts) {
        var form = FORMS.getOrDefault(type.token(), Map.of()).get(name);
        if (form != null) {
            return Optional.of(Values.of(ResourceIds.expand(form, facts)));
        }
        if (facts.containsFields(name)) {
            return Optional.of(facts.getFieldsOrThrow(name));
        }
        return type.token().startsWith("kubernetes:") ? Optional.empty() : plausible(name, valueType, facts);
    }

    /** A value of the right type; objects are left out. */
    private static Optional<Value> plausible(String name, Type type, Struct facts) {
        if (type == String.class) {
            return Optional.of(
                    Values.of(name + " of " + Values.text(facts, "id").orElse("")));
        }
        if (type == Boolean.class) {
            return Optional.of(Values.of(false));
        }
        if (type == Integer.class || type == Double.class) {
            return Optional.of(Values.of(0));
        }
        return type instanceof ParameterizedType generic && generic.getRawType() == List.class
                ? Optional.of(Value.newBuilder()
                        .setListValue(ListValue.getDefaultInstance())
                        .build())
                : Optional.empty();
    }

    /** Adds what is computed inside of an object that is an input, too. */
    private static Struct withNested(String token, Struct outputs, Struct facts) {
        if (token.equals(CLUSTER)) {
            var certificate = "-----BEGIN CERTIFICATE-----".getBytes(StandardCharsets.UTF_8);
            return withCertificate(outputs, Values.of(Base64.getEncoder().encodeToString(certificate)));
        }
        if (token.startsWith("kubernetes:") && outputs.containsFields("metadata")) {
            var id = token + Values.text(facts, "id").orElse("");
            var uid =
                    UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
            return Values.withNested(outputs, "metadata", Map.of("uid", Values.of(uid)));
        }
        return outputs;
    }

    private static Struct withCertificate(Struct cluster, Value certificate) {
        return Values.withNested(cluster, "masterAuth", Map.of("clusterCaCertificate", certificate));
    }

    private static String compute() {
        return "https://www.googleapis.com/compute/v1/{id}";
    }
}
