package io.buildkitefleet.engine.google;

import com.google.protobuf.Struct;
import io.buildkitefleet.engine.provider.Values;

/** What Google knows of a resource beside what was asked. Opaque numbers follow from the id, so that two runs agree. */
public final class GoogleFacts {
    public static final String PROJECT_NUMBER = "123456789012";

    private static final String MADE = "2026-11-29T08:00:00Z";

    private GoogleFacts() {}

    /**
     * The facts, with the inputs among them.
     *
     * @param plain inputs without marks of secrets, and the project if they name none
     */
    public static Struct of(Struct plain, String id) {
        var place = Values.text(plain, "region").or(() -> Values.text(plain, "location"));
        return plain.toBuilder()
                .putFields("id", Values.of(id))
                .putFields("number", Values.of(PROJECT_NUMBER))
                .putFields("digits", Values.of(Integer.toUnsignedString(id.hashCode())))
                .putFields("now", Values.of(MADE))
                .putFields("region", Values.of(place.orElse("").replaceFirst("-[a-z]$", "")))
                .build();
    }
}
