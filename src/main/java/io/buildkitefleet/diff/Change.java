package io.buildkitefleet.diff;

import io.buildkitefleet.diff.ResourceChange.Operation;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.Effect;
import io.buildkitefleet.resources.ResourceTypes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the change of a resource of the changes of its inputs. */
final class Change {
    private Change() {}

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
}
