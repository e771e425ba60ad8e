package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.engine.google.GoogleAnswers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** What a provider adds to the inputs once a resource is there; in a preview of a new one, that it will be added. */
final class ComputedOutputs {
    private static final String CLUSTER = "gcp:container/cluster:Cluster";

    private ComputedOutputs() {}

    /** Outputs of a resource that is yet to be made. */
    static Struct preview(SdkType type, Struct inputs) {
        var outputs = inputs.toBuilder();
        type.outputs().keySet().stream()
                .filter(name -> !inputs.containsFields(name))
                .forEach(name -> outputs.putFields(name, Values.UNKNOWN));
        return type.token().equals(CLUSTER)
                ? Values.withNested(outputs.build(), "masterAuth", Map.of("clusterCaCertificate", Values.UNKNOWN))
                : outputs.build();
    }

    /**
     * Outputs of a resource that is there.
     *
     * @param facts inputs without marks of secrets, the id, and what else is known
     */
    static Struct created(SdkType type, Struct inputs, Struct facts) {
        return isGoogle(type.token())
                ? GoogleAnswers.of(type.token()).state(inputs, facts, Struct.getDefaultInstance())
                : ofKubernetes(type, inputs, facts);
    }

    /** Outputs of a resource whose inputs change: those that change with them, and the computed ones, which stay. */
    static Struct updated(String token, Struct oldOutputs, Struct oldInputs, Struct news, Struct facts) {
        return isGoogle(token)
                ? GoogleAnswers.of(token).state(news, facts, oldOutputs)
                : updated(oldOutputs, oldInputs, news);
    }

    static boolean isGoogle(String token) {
        return token.startsWith("gcp:");
    }

    private static Struct ofKubernetes(SdkType type, Struct inputs, Struct facts) {
        var outputs = inputs.toBuilder();
        type.outputs().keySet().stream()
                .filter(name -> !inputs.containsFields(name) && facts.containsFields(name))
                .forEach(name -> outputs.putFields(name, facts.getFieldsOrThrow(name)));
        if (!inputs.containsFields("metadata")) {
            return outputs.build();
        }
        var id = type.token() + Values.text(facts, "id").orElse("");
        var uid = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
        return Values.withNested(outputs.build(), "metadata", Map.of("uid", Values.of(uid)));
    }

    private static Struct updated(Struct oldOutputs, Struct oldInputs, Struct news) {
        var outputs = oldOutputs.toBuilder();
        oldInputs.getFieldsMap().keySet().forEach(outputs::removeFields);
        news.getFieldsMap()
                .forEach((name, value) -> outputs.putFields(
                        name,
                        withComputed(
                                oldOutputs.getFieldsOrDefault(name, value),
                                oldInputs.getFieldsMap().get(name),
                                value)));
        return outputs.build();
    }

    /** Of an object, what the provider had added inside stays too. */
    private static Value withComputed(Value oldOutput, Value oldInput, Value now) {
        if (oldInput == null || !oldOutput.hasStructValue() || !oldInput.hasStructValue() || !now.hasStructValue()) {
            return now;
        }
        return Values.of(updated(oldOutput.getStructValue(), oldInput.getStructValue(), now.getStructValue()));
    }
}
