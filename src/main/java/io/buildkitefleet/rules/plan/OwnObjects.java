package io.buildkitefleet.rules.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Urn;
import io.buildkitefleet.resources.KubernetesType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What objects of the cluster say of each other. Pulumi's own preview of a new stack knows neither the name of an
 * object that is still to be made nor what depends on it, but it knows which component made what: an object is in the
 * namespace that its component made, or the nearest one around it.
 */
final class OwnObjects {
    /** What lets a queue deploy has its rights in other namespaces than the queue's. */
    private static final String DEPLOY_ACCESS = "buildkite-fleet:kubernetes:DeployAccess";

    private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";

    private static final String NAMESPACE = "namespace";

    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, String> namespaces = new LinkedHashMap<>();
    private final List<Registration> named = new ArrayList<>();

    OwnObjects(List<Registration> resources) {
        for (var resource : resources) {
            parents.put(resource.urn(), resource.parent());
            if (is(resource, KubernetesType.NAMESPACE)) {
                namespaces.put(resource.urn(), name(resource));
            } else if (is(resource, KubernetesType.ROLE) || is(resource, KubernetesType.SERVICE_ACCOUNT)) {
                named.add(resource);
            }
        }
    }

    /** The inputs of a resource, with what it says of other objects where that can be told. */
    JsonObject known(Registration resource) {
        if (!resource.type().startsWith("kubernetes:")) {
            return resource.inputs();
        }
        var inputs = resource.inputs().deepCopy();
        fill(inputs, List.of("metadata", NAMESPACE), namespace(resource));
        if (is(resource, KubernetesType.RELEASE)) {
            fill(inputs, List.of(NAMESPACE), nearest(resource.parent()));
        } else if (is(resource, KubernetesType.PERSISTENT_VOLUME)) {
            fill(inputs, List.of("spec", "claimRef", NAMESPACE), nearest(resource.parent()));
        } else if (is(resource, KubernetesType.ROLE_BINDING)) {
            fill(inputs, List.of("roleRef", "name"), role(resource));
            if (inputs.get("subjects") instanceof JsonArray subjects) {
                subjects.forEach(subject -> fill(subject, List.of(NAMESPACE), nearest(resource.parent())));
            }
        } else if (resource.type().equals(DEPLOYMENT)) {
            fill(inputs, List.of("spec", "template", "spec", "serviceAccountName"), account(resource));
        }
        return inputs;
    }

    private static boolean is(Registration resource, KubernetesType type) {
        return resource.type().equals(type.token());
    }

    private static String name(Registration resource) {
        return InputValue.of(resource.inputs()).at("metadata.name").text();
    }

    /** Puts the value where an unknown one stands. */
    private static void fill(JsonElement inputs, List<String> path, Optional<String> value) {
        var holder = inputs;
        for (var step : path.subList(0, path.size() - 1)) {
            holder = holder instanceof JsonObject object ? PropertyValues.unwrapped(object.get(step)) : null;
        }
        var last = path.get(path.size() - 1);
        if (value.isPresent() && holder instanceof JsonObject object && PropertyValues.isUnknown(object.get(last))) {
            object.add(last, new JsonPrimitive(value.get()));
        }
    }

    private Optional<String> namespace(Registration resource) {
        return isDeployAccess(resource.parent()) ? deployed(resource) : nearest(resource.parent());
    }

    private static boolean isDeployAccess(String component) {
        return component.contains("$" + DEPLOY_ACCESS + "::");
    }

    /** Its name in Pulumi is that of its component, the namespace, and what it is. */
    private Optional<String> deployed(Registration resource) {
        var beginning = Urn.name(resource.parent()) + "-";
        return namespaces.values().stream()
                .filter(namespace -> resource.name().equals(beginning + namespace + "-role")
                        || resource.name().equals(beginning + namespace + "-binding"))
                .findFirst();
    }

    /** The name of the only namespace below a component, or below the nearest one around it that has any. */
    private Optional<String> nearest(String component) {
        var around = parents.getOrDefault(component, "");
        if (around.isEmpty()) {
            return Optional.empty();
        }
        var found = namespaces.keySet().stream()
                .filter(namespace -> isBelow(namespace, component))
                .map(namespaces::get)
                .collect(Collectors.toSet());
        return found.isEmpty()
                ? nearest(around)
                : found.stream().filter(unused -> found.size() == 1).findFirst();
    }

    private boolean isBelow(String urn, String component) {
        var parent = parents.getOrDefault(urn, "");
        return !parent.isEmpty() && (parent.equals(component) || isBelow(parent, component));
    }

    /** A binding is registered beside its role, with a name like its. */
    private Optional<String> role(Registration binding) {
        var name = binding.name().replaceFirst("-binding$", "-role");
        return named.stream()
                .filter(role -> is(role, KubernetesType.ROLE) && role.name().equals(name))
                .filter(role -> role.parent().equals(binding.parent()))
                .map(OwnObjects::name)
                .findFirst();
    }

    /** The only account of the component that makes a workload. */
    private Optional<String> account(Registration workload) {
        var found = named.stream()
                .filter(account -> is(account, KubernetesType.SERVICE_ACCOUNT))
                .filter(account -> account.parent().equals(workload.parent()))
                .map(OwnObjects::name)
                .toList();
        return found.stream().filter(unused -> found.size() == 1).findFirst();
    }
}
