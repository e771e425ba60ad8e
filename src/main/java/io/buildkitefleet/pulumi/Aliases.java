package io.buildkitefleet.pulumi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Other URNs by which the resources of a plan may be known, as the engine works them out: from a resource's own aliases
 * and from those of its parents.
 *
 * @see <a
 *     href="https://github.com/pulumi/pulumi/blob/v3.182.0/pkg/resource/deploy/step_generator.go">generateAliases</a>
 */
public final class Aliases {
    private final Plan plan;
    private final Map<String, List<String>> byUrn = new LinkedHashMap<>();

    private Aliases(Plan plan) {
        this.plan = plan;
    }

    /** By present URN; a resource without any is left out. */
    public static Map<String, List<String>> of(Plan plan) {
        var aliases = new Aliases(plan);
        plan.registrations().forEach(aliases::add);
        return aliases.byUrn;
    }

    private void add(Registration registration) {
        var urns = new LinkedHashSet<String>();
        var own = registration.options().aliases();
        own.forEach(alias -> urns.add(
                alias.urn().isEmpty()
                        ? urn(registration, alias, parent(registration, alias), name(registration, alias))
                        : alias.urn()));
        var unchanged = new Registration.Alias("", "", "", "", "", "", false);
        for (var parent : byUrn.getOrDefault(registration.parent(), List.of())) {
            Stream.concat(Stream.of(unchanged), own.stream())
                    .filter(alias -> alias.urn().isEmpty())
                    .forEach(alias -> urns.add(urn(
                            registration, alias, parent, inherited(name(registration, alias), registration, parent))));
        }
        urns.remove(registration.urn());
        if (!urns.isEmpty()) {
            byUrn.put(registration.urn(), new ArrayList<>(urns));
        }
    }

    private String urn(Registration registration, Registration.Alias alias, String parent, String name) {
        return Urn.of(
                or(alias.stack(), plan.stack().name()),
                or(alias.project(), plan.project().name()),
                parent,
                or(alias.type(), registration.type()),
                name);
    }

    /** A child that is named after its parent was named after the parent's other name. */
    private static String inherited(String name, Registration registration, String parentAlias) {
        var parent = Urn.name(registration.parent());
        return name.startsWith(parent) ? Urn.name(parentAlias) + name.substring(parent.length()) : name;
    }

    private static String parent(Registration registration, Registration.Alias alias) {
        return alias.noParent() ? "" : or(alias.parent(), registration.parent());
    }

    private static String name(Registration registration, Registration.Alias alias) {
        return or(alias.name(), registration.name());
    }

    private static String or(String value, String otherwise) {
        return value.isEmpty() ? otherwise : value;
    }
}
