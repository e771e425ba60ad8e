package io.buildkitefleet.diff;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.diff.ResourceChange.Operation;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.Effect;
import io.buildkitefleet.resources.Entry;
import io.buildkitefleet.resources.Replacements;
import io.buildkitefleet.resources.ResourceTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what changes elsewhere with a change. An update takes with it what reads an output that it changes; a
 * replacement, all that a provider made which is replaced, and a resource whose input comes from one that is replaced,
 * where a change of that input replaces. Whether the new value is another one is known only to the cloud.
 */
final class Consequences {
    private static final JsonElement UNKNOWN = new JsonPrimitive(PropertyValues.UNKNOWN);

    private final Map<String, Registration> states;
    private final Map<String, ResourceChange> changes;

    Consequences(Map<String, Registration> states, Map<String, ResourceChange> changes) {
        this.states = states;
        this.changes = changes;
    }

    /** Adds them to the changes, and what follows from them in turn. */
    void add() {
        states.values().forEach(state -> {
            var properties = followed(state);
            if (!properties.isEmpty()) {
                add(state, properties);
            }
        });
        var replaced = replaced();
        for (var before = Set.<String>of(); !before.equals(replaced); ) {
            for (var state : states.values()) {
                if (!replaced.contains(state.urn())) {
                    consequence(state, replaced).ifPresent(properties -> add(state, properties));
                }
            }
            before = replaced;
            replaced = replaced();
        }
    }

    private void add(Registration state, List<PropertyChange> properties) {
        var known = changes.get(state.urn());
        if (known != null && known.operation() == Operation.CREATE) {
            return;
        }
        var all = new ArrayList<>(known == null ? List.of() : known.properties());
        all.addAll(properties);
        changes.put(state.urn(), ResourceChange.of(state, known == null ? "" : known.formerName(), all));
    }

    private Optional<List<PropertyChange>> consequence(Registration state, Set<String> replaced) {
        var properties = new ArrayList<PropertyChange>();
        state.propertyDependencies().forEach((property, urns) -> urns.stream()
                .filter(replaced::contains)
                .filter(urn -> !InputPaths.cover(state.options().ignoreChanges(), property))
                .filter(urn -> Replacements.of(state.type(), property, UNKNOWN) != Effect.UPDATE)
                .findFirst()
                .ifPresent(urn -> properties.add(new PropertyChange(
                        property, "", "(of " + states.get(urn).name() + ", which is made anew)", Effect.MAY_REPLACE))));
        if (replaced.contains(state.providerUrn())) {
            var provider = changes.get(state.providerUrn());
            properties.add(new PropertyChange(
                    "provider",
                    "",
                    "(" + provider.name() + ", which is made anew)",
                    provider.operation() == Operation.REPLACE ? Effect.REPLACE : Effect.MAY_REPLACE));
        }
        return properties.isEmpty() ? Optional.empty() : Optional.of(properties);
    }

    /** What it reads of resources that stay, and whose update changes it. */
    private List<PropertyChange> followed(Registration state) {
        return ResourceTypes.of(state.type()).stream()
                .flatMap(type -> type.entry().followed().stream())
                .flatMap(followed -> state.propertyDependencies().getOrDefault(followed.input(), List.of()).stream()
                        .flatMap(urn -> Stream.ofNullable(changes.get(urn)))
                        .filter(source -> source.operation() == Operation.UPDATE
                                && source.type().equals(followed.token()))
                        .flatMap(source -> changed(state, followed, source)))
                .toList();
    }

    private static Stream<PropertyChange> changed(Registration state, Entry.Followed followed, ResourceChange source) {
        return source.properties().stream()
                .map(PropertyChange::path)
                .filter(followed.causes()::contains)
                .map(cause -> new PropertyChange(
                        followed.input(),
                        "",
                        "(of " + source.name() + ", where " + lastStep(cause) + " changes it)",
                        Replacements.of(state.type(), followed.input(), UNKNOWN)));
    }

    private static String lastStep(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private Set<String> replaced() {
        return changes.values().stream()
                .filter(change ->
                        change.operation() == Operation.REPLACE || change.operation() == Operation.MAY_REPLACE)
                .map(ResourceChange::urn)
                .collect(Collectors.toUnmodifiableSet());
    }
}
