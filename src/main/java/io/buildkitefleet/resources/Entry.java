package io.buildkitefleet.resources;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is known of a type of resource.
 *
 * @param token Pulumi's name of it
 * @param terraformName empty if its provider is not made from one of Terraform's
 * @param loss what is lost when a resource of it is deleted or replaced, as a sentence; empty if it holds nothing
 * @param shown the few inputs that a reviewer looks at first, as paths of property names
 * @param replacements what replaces it beside what the provider's list of fields says
 */
public record Entry(
        String token, String terraformName, String loss, List<String> shown, List<Replacement> replacements) {
    /**
     * Inputs whose change replaces a resource, or may.
     *
     * @param source where the provider says so, in the version that Pulumi runs
     */
    public record Replacement(Effect effect, String source, List<String> inputs) {}

    static Entry of(String token) {
        return of(token, "");
    }

    static Entry of(String token, String terraformName) {
        return new Entry(token, terraformName, "", List.of(), List.of());
    }

    Entry loses(String what) {
        return new Entry(token, terraformName, what, shown, replacements);
    }

    Entry shows(String... inputs) {
        return new Entry(token, terraformName, loss, List.of(inputs), replacements);
    }

    Entry replacedBy(String source, String... inputs) {
        return with(new Replacement(Effect.REPLACE, source, List.of(inputs)));
    }

    /** By some changes and not by others. */
    Entry perhapsReplacedBy(String source, String... inputs) {
        return with(new Replacement(Effect.MAY_REPLACE, source, List.of(inputs)));
    }

    private Entry with(Replacement replacement) {
        return new Entry(
                token,
                terraformName,
                loss,
                shown,
                Stream.concat(replacements.stream(), Stream.of(replacement)).toList());
    }
}
