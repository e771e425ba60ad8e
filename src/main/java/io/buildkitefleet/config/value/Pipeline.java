package io.buildkitefleet.config.value;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pipeline of the organization.
 *
 * @param name its slug, which somebody else's pipeline can have once it is free, or its UUID, which stays its own
 */
public record Pipeline(String name) {
    /** As Buildkite writes its ids: https://buildkite.com/docs/apis/rest-api/pipelines */
    public static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

    /** A slug or a UUID. */
    public static final Notation<Pipeline> NOTATION = Notation.of(FORM, Pipeline::parse);

    /** None if it is neither a slug nor a UUID. */
    public static Optional<Pipeline> parse(String name) {
        return Optional.of(name).filter(FORM.asMatchPredicate()).map(Pipeline::new);
    }

    /** Whether it is named by its UUID. */
    public boolean isId() {
        return UUID.matcher(name).matches();
    }
}
