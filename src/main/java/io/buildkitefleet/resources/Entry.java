package io.buildkitefleet.resources;

import java.util.List;

/**
 * What is known of a type of resource.
 *
 * @param token Pulumi's name of it
 * @param terraformName empty if its provider is not made from one of Terraform's
 * @param loss what is lost when a resource of it is deleted or replaced, as a sentence; empty if it holds nothing
 * @param shown the few inputs that a reviewer looks at first, as paths of property names
 */
public record Entry(String token, String terraformName, String loss, List<String> shown) {
    static Entry of(String token) {
        return new Entry(token, "", "", List.of());
    }

    static Entry of(String token, String terraformName) {
        return new Entry(token, terraformName, "", List.of());
    }

    Entry loses(String what) {
        return new Entry(token, terraformName, what, shown);
    }

    Entry shows(String... inputs) {
        return new Entry(token, terraformName, loss, List.of(inputs));
    }
}
