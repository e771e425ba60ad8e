package io.buildkitefleet.pods.security;

/** A field with a value that is not allowed there. */
record Breach(PodField field, Allowed allowed) {
    /** Whether the API server refuses it whatever the level is. */
    boolean isMalformed() {
        return allowed.isMalformed(field);
    }
}
