package io.buildkitefleet.preview;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.Collection;
import java.util.Map;
import pulumirpc.Resource.RegisterResourceRequest;

/** What the program gets back for a resource that does not exist yet: its inputs, and unknowns for the rest. */
final class PreviewOutputs {
    private final SdkOutputs sdkOutputs = new SdkOutputs();

    Struct of(RegisterResourceRequest request) {
        if (!request.getCustom()) {
            return Struct.getDefaultInstance();
        }
        var outputs = known(request.getObject(), request.getAdditionalSecretOutputsList()).toBuilder();
        if (isNamedByProvider(request)) {
            outputs.removeFields("metadata");
        }
        sdkOutputs.of(request.getType()).stream()
                .filter(name -> !outputs.containsFields(name))
                .forEach(name -> outputs.putFields(name, PropertyValues.string(PropertyValues.UNKNOWN)));
        return outputs.build();
    }

    /** The SDK asks for no values that are known in part only. */
    static Struct known(Struct inputs, Collection<String> secretOutputs) {
        var outputs = Struct.newBuilder();
        for (Map.Entry<String, Value> input : inputs.getFieldsMap().entrySet()) {
            if (!PropertyValues.containsUnknown(input.getValue())) {
                boolean secret = secretOutputs.contains(input.getKey());
                outputs.putFields(input.getKey(), secret ? PropertyValues.secret(input.getValue()) : input.getValue());
            }
        }
        return outputs.build();
    }

    /** The Kubernetes provider adds a random name where the metadata has none. */
    private static boolean isNamedByProvider(RegisterResourceRequest request) {
        Value metadata = request.getObject().getFieldsOrDefault("metadata", Value.getDefaultInstance());
        return request.getType().startsWith("kubernetes:")
                && metadata.hasStructValue()
                && !metadata.getStructValue().containsFields("name");
    }
}
