package io.buildkitefleet.pods.security;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;

/**
 * A value in a pod, or the lack of one.
 *
 * @param container the name of the container that it is in; empty if it is the pod's own
 * @param path where it stands in the pod, for example {@code spec.containers[0].securityContext.privileged}
 * @param value what stands there, null in JSON for nothing
 * @param misshapen whether it is no object or no list where something is to be found below it
 */
record PodField(String container, String path, JsonElement value, boolean misshapen) {
    static PodField of(String container, String path, JsonElement value) {
        return new PodField(container, path, value, false);
    }

    boolean isAbsent() {
        return value.isJsonNull();
    }

    /** Whether it is set. A profile without its type is one, and of none that is allowed. */
    boolean isSaid() {
        return !isAbsent() || !path.substring(0, path.lastIndexOf('.')).endsWith("securityContext");
    }

    PodField asMisshapen() {
        return new PodField(container, path, value, true);
    }

    /** What would stand below it, if anything did. */
    PodField lacking(String below) {
        return of(container, path + "." + below, JsonNull.INSTANCE);
    }
}
