package io.buildkitefleet.rules.plan;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.KubernetesType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which namespace objects of the cluster are in. Pulumi's own preview of a new stack knows neither the name of a
 * namespace that is still to be made nor what depends on it, but it knows which component made what: an object is in
 * the namespace that its component made, if that made one.
 */
final class Namespaces {
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    Namespaces(List<Registration> resources) {
        for (var resource : resources) {
            parents.put(resource.urn(), resource.parent());
            if (resource.type().equals(KubernetesType.NAMESPACE.token())) {
                names.put(
                        resource.urn(),
                        InputValue.of(resource.inputs()).at("metadata.name").text());
            }
        }
    }

    /** The inputs of a resource, with the name of its namespace where that can be told. */
    JsonObject known(Registration resource) {
        var value = InputValue.of(resource.inputs());
        var inMetadata = value.at("metadata.namespace").isUnknown();
        if (!inMetadata
                && !(resource.type().equals(KubernetesType.RELEASE.token())
                        && value.key("namespace").isUnknown())) {
            return resource.inputs();
        }
        var inputs = resource.inputs().deepCopy();
        var holder = inMetadata ? inputs.getAsJsonObject("metadata") : inputs;
        below(resource.parent()).ifPresent(name -> holder.add("namespace", new JsonPrimitive(name)));
        return inputs;
    }

    /** The name of the only namespace below a component. */
    private Optional<String> below(String component) {
        var found = names.keySet().stream()
                .filter(namespace -> isBelow(namespace, component))
                .map(names::get)
                .collect(Collectors.toSet());
        return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
    }

    private boolean isBelow(String urn, String component) {
        var parent = parents.getOrDefault(urn, "");
        return !parent.isEmpty() && (parent.equals(component) || isBelow(parent, component));
    }
}
