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
 * @param followed what its inputs read of others, where an update of those changes it
 */
public record Entry(
        String token,
        String terraformName,
        String loss,
        List<String> shown,
        List<Replacement> replacements,
        List<Followed> followed) {
    /**
     * Inputs whose change replaces a resource, or may.
     *
     * @param source where the provider says so, in the version that Pulumi runs
     */
    public record Replacement(Effect effect, String source, List<String> inputs) {}

    /**
     * An input that reads an output of another resource, which changes while that resource stays.
     *
     * @param input that reads it
     * @param source where it is said of the other resource
     * @param token of the other resource
     * @param causes the inputs of the other resource that change the output
     */
    public record Followed(String input, String source, String token, List<String> causes) {}

    static Entry of(String token) {
        return of(token, "");
    }

    static Entry of(String token, String terraformName) {
        return new Entry(token, terraformName, "", List.of(), List.of(), List.of());
    }

    Entry loses(String what) {
        return new Entry(token, terraformName, what, shown, replacements, followed);
    }

    Entry shows(String... inputs) {
        return new Entry(token, terraformName, loss, List.of(inputs), replacements, followed);
    }

    Entry replacedBy(String source, String... inputs) {
        return with(new Replacement(Effect.REPLACE, source, List.of(inputs)));
    }

    /** By some changes and not by others. */
    Entry perhapsReplacedBy(String source, String... inputs) {
        return with(new Replacement(Effect.MAY_REPLACE, source, List.of(inputs)));
    }

    Entry follows(String input, String source, String otherToken, String... causes) {
        var more = Stream.concat(followed.stream(), Stream.of(new Followed(input, source, otherToken, List.of(causes))))
                .toList();
        return new Entry(token, terraformName, loss, shown, replacements, more);
    }

    private Entry with(Replacement replacement) {
        return new Entry(
                token,
                terraformName,
                loss,
                shown,
                Stream.concat(replacements.stream(), Stream.of(replacement)).toList(),
                followed);
    }
}
