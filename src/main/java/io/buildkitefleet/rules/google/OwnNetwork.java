package io.buildkitefleet.rules.google;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether what stands in a network stands in one that the plan makes. */
final class OwnNetwork {
    /** What says in which network, subnetwork or router it is: of these types, under these names. */
    private static final Map<String, Map<String, ResourceType>> PLACES = Map.of(
            GoogleType.CLUSTER.token(),
            Map.of("network", GoogleType.NETWORK, "subnetwork", GoogleType.SUBNET),
            GoogleType.SUBNET.token(),
            Map.of("network", GoogleType.NETWORK),
            GoogleType.FIREWALL.token(),
            Map.of("network", GoogleType.NETWORK),
            GoogleType.ROUTER.token(),
            Map.of("network", GoogleType.NETWORK),
            GoogleType.ROUTER_NAT.token(),
            Map.of("router", GoogleType.ROUTER));

    private OwnNetwork() {}

    static List<Subject> subjects(PlannedStack stack) {
        return stack.ofTypes(PLACES.keySet().stream().sorted().toArray(String[]::new));
    }

    static Optional<String> strange(PlannedStack stack, Subject subject) {
        return PLACES.get(subject.resource().type()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(place -> subject.at(place.getKey()).exists() || isDefaultIfUnset(subject))
                .filter(place -> !isIn(stack, subject, place.getKey(), place.getValue()))
                .findFirst()
                .map(place -> {
                    var named = subject.at(place.getKey());
                    return place.getKey() + " is "
                            + (named.exists() ? named.described() : "not set, which means Google's default one")
                            + ", and the plan makes none of that name";
                });
    }

    /** Of the others, Google refuses one that says nothing. */
    private static boolean isDefaultIfUnset(Subject subject) {
        return subject.resource().type().equals(GoogleType.CLUSTER.token());
    }

    /** Of what is to be made, only its inputs' dependencies say which it is; Pulumi's own plan may leave these out. */
    private static boolean isIn(PlannedStack stack, Subject subject, String input, ResourceType type) {
        var value = subject.at(input);
        var all = stack.ofType(type);
        if (!value.isUnknown()) {
            return all.stream().anyMatch(one -> isNamed(one, value));
        }
        var origins = subject.resource().propertyDependencies().getOrDefault(input, List.of());
        return origins.isEmpty()
                || all.stream().anyMatch(one -> origins.contains(one.resource().urn()));
    }

    /** Pulumi puts something random behind the name of a resource, where the program says none. */
    private static boolean isNamed(Subject resource, InputValue reference) {
        var name = reference.text().replaceFirst(".*/", "");
        var project = resource.at("project").text();
        var isElsewhere = reference.text().contains("projects/")
                && !reference.text().contains("projects/" + project + "/")
                && !project.isEmpty();
        return !isElsewhere
                && (resource.at("name").is(name)
                        || !resource.at("name").exists()
                                && name.startsWith(resource.resource().name() + "-"));
    }
}
