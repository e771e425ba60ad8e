package io.buildkitefleet.diff;

import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.Effect;
import io.buildkitefleet.resources.ResourceTypes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happens to one resource.
 *
 * @param urn at the head, or of what is deleted
 * @param formerName its logical name before, if an alias ties it to one; else empty
 * @param properties that change; none for what is created or deleted
 * @param danger what is lost with it, if it holds state or is protected; else empty
 */
public record ResourceChange(
        Operation operation,
        String urn,
        String type,
        String name,
        String formerName,
        List<PropertyChange> properties,
        String danger) {
    /** What Pulumi would do. */
    public enum Operation {
        CREATE,
        UPDATE,
        /** An update that replaces the resource if the cloud or the provider can't do it in place. */
        MAY_REPLACE,
        REPLACE,
        DELETE
    }

    public ResourceChange {
        properties = List.copyOf(properties);
    }

    /** The change that the changes of a resource's inputs come to. */
    static ResourceChange of(Registration state, String formerName, List<PropertyChange> properties) {
        var effect = properties.stream().map(PropertyChange::effect).reduce(Effect.UPDATE, Effect::or);
        var operation =
                switch (effect) {
                    case UPDATE -> Operation.UPDATE;
                    case MAY_REPLACE -> Operation.MAY_REPLACE;
                    case REPLACE -> Operation.REPLACE;
                };
        return new ResourceChange(
                operation,
                state.urn(),
                state.type(),
                state.name(),
                formerName,
                properties,
                operation == Operation.UPDATE ? "" : danger(state));
    }

    /** What is lost with it; empty for what can be made again without anybody noticing. */
    static String danger(Registration state) {
        return Stream.of(
                        state.options().protect() ? "it is protected, so Pulumi refuses" : "",
                        ResourceTypes.loss(state.type()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Whether what it holds is, or may be, lost. */
    public boolean isDangerous() {
        return !danger.isEmpty();
    }
}
