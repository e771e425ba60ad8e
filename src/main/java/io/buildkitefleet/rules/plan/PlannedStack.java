package io.buildkitefleet.rules.plan;

import com.google.gson.JsonObject;
import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.ProviderType;
import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.resources.ResourceTypes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan as one rule reads it: what is registered, and what the fleet means by it where that is known. It remembers
 * which types the rule has asked for, so that what no rule reads can be told, and which values that nobody knows yet.
 */
public final class PlannedStack {
    /** Why a rule about pools has nothing to look at in a local fleet. */
    public static final String NO_POOLS = "a local fleet has no pools of nodes";

    private static final String OWN_COMPONENTS = "buildkite-fleet:";

    private final List<Subject> subjects;
    private final Map<String, List<Subject>> byType;
    private final StackPlan plan;
    private final Unknowns unknowns = new Unknowns();
    private final SortedSet<String> asked = new TreeSet<>();
    private final SortedSet<String> sought = new TreeSet<>();

    public PlannedStack(StackPlan plan) {
        this.plan = plan;
        var known = known(plan);
        this.subjects = plan.resources().stream()
                .filter(Registration::custom)
                .map(resource -> new Subject(
                        resource, InputValue.of(known.apply(resource)).with(unknowns)))
                .toList();
        this.byType = byType(subjects);
    }

    /** The inputs of a resource. A plan of our own knows all that there is to know of its objects. */
    private static Function<Registration, JsonObject> known(StackPlan plan) {
        return plan.isPulumis() ? new OwnObjects(plan.resources())::known : Registration::inputs;
    }

    private PlannedStack(PlannedStack other) {
        this.plan = other.plan;
        this.subjects = other.subjects.stream()
                .map(subject -> new Subject(subject.resource(), subject.value().with(unknowns)))
                .toList();
        this.byType = byType(subjects);
    }

    private static Map<String, List<Subject>> byType(List<Subject> subjects) {
        return subjects.stream()
                .collect(Collectors.groupingBy(subject -> subject.resource().type()));
    }

    /** The same plan, of which nothing has been asked yet. */
    public PlannedStack unasked() {
        return new PlannedStack(this);
    }

    /** Everything that is no component. */
    public List<Subject> subjects() {
        return subjects;
    }

    /** Components that are not the fleet's own: what a plugin makes of their inputs, no rule sees. */
    public List<Subject> strangers() {
        return plan.resources().stream()
                .filter(resource -> !resource.custom() && !resource.isStack())
                .filter(resource -> !resource.type().startsWith(OWN_COMPONENTS))
                .map(resource -> new Subject(resource, InputValue.of(resource.inputs())))
                .toList();
    }

    /** Why there was nothing to look at. */
    public String nothing() {
        if (sought.isEmpty()) {
            return "the plan has nothing that it speaks of";
        }
        if (isLocal() && sought.stream().allMatch(PlannedStack::isAllOfGoogle)) {
            return "a local fleet has nothing in Google Cloud";
        }
        var some = asked.stream().anyMatch(byType::containsKey);
        return "the plan has no " + String.join(" or ", sought) + (some ? " that it speaks of" : "");
    }

    /** The types that were asked for, whether the plan has any or not. */
    public SortedSet<String> asked() {
        return Collections.unmodifiableSortedSet(asked);
    }

    /** The values that were asked for and nobody knows before the update, one for each resource that has any. */
    public List<UnknownValue> unknown() {
        return unknowns.isEmpty()
                ? List.of()
                : subjects.stream()
                        .flatMap(subject -> subject
                                .value()
                                .place(unknowns)
                                .filter(path -> !Foreseen.holds(subject, path, isPulumis()))
                                .map(path -> new UnknownValue(subject.resource(), path))
                                .stream())
                        .toList();
    }

    public List<Subject> ofType(ResourceType type) {
        return ofType(type.token());
    }

    /** Of a type that the program itself does not register. */
    public List<Subject> ofType(String type) {
        asked.add(type);
        sought.add(ResourceTypes.brief(type));
        return byType.getOrDefault(type, List.of());
    }

    /** All of these types, in the order of the plan. */
    public List<Subject> ofTypes(String... types) {
        var sorted = Stream.of(types).map(ResourceTypes::brief).sorted().collect(Collectors.joining(" or "));
        return matching(sorted, List.of(types)::contains);
    }

    /**
     * All whose type is so, in the order of the plan.
     *
     * @param what they are, for whoever reads that there are none
     */
    public List<Subject> matching(String what, Predicate<String> type) {
        sought.add(what);
        var found = subjects.stream()
                .filter(subject -> type.test(subject.resource().type()))
                .toList();
        found.forEach(subject -> asked.add(subject.resource().type()));
        return found;
    }

    /**
     * All that a provider makes, in the order of the plan. Who looks at all of them for one thing has not read what
     * they are: that asks for no type.
     *
     * @param provider as types begin: {@code kubernetes}
     */
    public List<Subject> ofProvider(String provider) {
        return subjects.stream()
                .filter(subject -> subject.resource().type().startsWith(provider + ":"))
                .toList();
    }

    /**
     * Whether it is in a cluster that is there already, by the context of somebody's kubeconfig, and nothing of it is
     * Google's: it has no pools then, no identities, and no store of secrets.
     */
    public boolean isLocal() {
        return subjects.stream()
                        .noneMatch(subject -> isOfGoogle(subject.resource().type()))
                && byType.getOrDefault(ProviderType.KUBERNETES.token(), List.of()).stream()
                        .anyMatch(provider -> provider.at("context").exists());
    }

    /** @param types one, or several that may stand for each other */
    private static boolean isAllOfGoogle(String types) {
        return Stream.of(types.split(" or ")).allMatch(PlannedStack::isOfGoogle);
    }

    private static boolean isOfGoogle(String type) {
        return type.startsWith("gcp:") || type.equals(ProviderType.GOOGLE.token());
    }

    public Optional<FleetSummary> fleet() {
        return plan.fleet();
    }

    /** The plan as it was read or made, with its components. */
    public StackPlan plan() {
        return plan;
    }

    /** Whether the plan is Pulumi's own, which does not say of every value what it follows from. */
    public boolean isPulumis() {
        return plan.isPulumis();
    }
}
