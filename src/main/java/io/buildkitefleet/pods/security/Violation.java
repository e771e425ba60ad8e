package io.buildkitefleet.pods.security;

import com.google.gson.JsonElement;
import io.buildkitefleet.pulumi.PropertyValues;

/**
 * A field of a pod that breaks a control.
 *
 * @param control as the Pod Security Standards call it
 * @param check as the API server's own evaluator calls it
 * @param container the name of the container; empty if the field is the pod's own
 * @param path where the field stands in the pod
 * @param got what stands there, for a person
 * @param allowed what may, for a person
 */
public record Violation(String control, String check, String container, String path, String got, String allowed) {
    private static final int LONGEST = 80;

    static Violation of(Control control, Breach breach) {
        var field = breach.field();
        return new Violation(
                control.name(),
                control.check(),
                field.container(),
                field.path(),
                described(field.value()),
                breach.allowed().words());
    }

    private static String described(JsonElement value) {
        if (value.isJsonNull()) {
            return "not set";
        }
        if (PropertyValues.isUnknown(value)) {
            return "known after up";
        }
        var text = value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }
}
