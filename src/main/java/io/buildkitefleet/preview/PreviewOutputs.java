package io.buildkitefleet.preview;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Collection;
import java.util.Map;
import pulumirpc.Resource.RegisterResourceRequest;

/**
 * What the program gets back for a resource that does not exist yet: its inputs. The SDK takes the rest for unknown.
 */
final class PreviewOutputs {
    private PreviewOutputs() {}

    static Struct of(RegisterResourceRequest request) {
        if (!request.getCustom()) {
            return Struct.getDefaultInstance();
        }
        Struct known = known(request.getObject(), request.getAdditionalSecretOutputsList());
        return isNamedByProvider(request)
                ? known.toBuilder().removeFields("metadata").build()
                : known;
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
