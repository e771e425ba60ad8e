package io.buildkitefleet.rules.plan;

import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan as the rules read it: what is registered, and what the fleet means by it where that is known. */
public final class PlannedStack {
    private final List<Registration> resources;
    private final List<Subject> subjects;
    private final Map<String, List<Subject>> byType;
    private final Optional<FleetSummary> fleet;

    public PlannedStack(StackPlan plan) {
        this.resources = plan.resources();
        this.fleet = plan.fleet();
        var namespaces = new Namespaces(resources);
        this.subjects = resources.stream()
                .filter(Registration::custom)
                .map(resource -> new Subject(resource, InputValue.of(namespaces.known(resource))))
                .toList();
        this.byType = subjects.stream()
                .collect(Collectors.groupingBy(subject -> subject.resource().type()));
    }

    public List<Registration> resources() {
        return resources;
    }

    public List<Subject> ofType(ResourceType type) {
        return ofType(type.token());
    }

    /** Of a type that the program itself does not register. */
    public List<Subject> ofType(String type) {
        return byType.getOrDefault(type, List.of());
    }

    /** All whose type begins so, in the order of the plan. */
    public List<Subject> ofTypes(String... beginnings) {
        return subjects.stream()
                .filter(subject ->
                        List.of(beginnings).stream().anyMatch(subject.resource().type()::startsWith))
                .toList();
    }

    public Optional<FleetSummary> fleet() {
        return fleet;
    }
}
