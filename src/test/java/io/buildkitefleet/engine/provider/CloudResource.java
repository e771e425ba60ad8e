package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;

/**
 * A resource that a stand-in provider has made.
 *
 * @param id as Google or Kubernetes give it
 * @param inputs as the provider was given them
 * @param outputs all that is known of it
 */
public record CloudResource(String urn, String type, String id, Struct inputs, Struct outputs) {
    /** Its logical name. */
    public String name() {
        return AutoNames.logicalName(urn);
    }

    /** The same resource with one property changed, among the inputs too if it is one. */
    CloudResource with(String property, Value value) {
        var changedInputs = inputs.containsFields(property)
                ? inputs.toBuilder().putFields(property, value).build()
                : inputs;
        return new CloudResource(urn, type, id, changedInputs, outputs).describedAs(property, value);
    }

    /** The same resource with a property of its outputs alone. */
    CloudResource describedAs(String property, Value value) {
        return new CloudResource(
                urn,
                type,
                id,
                inputs,
                outputs.toBuilder().putFields(property, value).build());
    }

    String key() {
        return key(type, id);
    }

    static String key(String type, String id) {
        return type + " " + id;
    }
}
