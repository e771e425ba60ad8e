package io.buildkitefleet.rules.whole;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.plan.PlannedQueue;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.resources.ResourceTypes;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a plan has what its fleet says that there is: what is not there, no other rule could find wrong. */
public final class FleetRules {
    /**
     * What the namespace of each queue has, of what no other rule looks for: those look for what closes it, bounds it,
     * and is named by what runs there.
     *
     * @param without it, what goes wrong
     */
    private record Part(KubernetesType type, String name, String without) {}

    private static final List<Part> PARTS = List.of(
            new Part(
                    KubernetesType.NETWORK_POLICY,
                    "controller",
                    "its controller reaches neither Buildkite nor the API server"),
            new Part(KubernetesType.NETWORK_POLICY, "jobs", "its jobs reach nothing, and no agent registers"));

    private FleetRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("fleet-whole", HIGH, "The plan has what the fleet is made of, and no other queue")
                .why(
                        "a rule has nothing to say of what is missing, and an update takes it away; a queue that the configuration"
                                + " does not have, nobody has bounded")
                .mend(
                        "put the queue, or what it needs, into the stack's file or take it out there, and make the plan anew")
                .check(FleetRules::whole));
    }

    private static Outcome whole(PlannedStack stack) {
        if (stack.subjects().isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        return stack.fleet()
                .<Outcome>map(fleet -> new Outcome.Looked(Stream.of(
                                missing(stack, fleet),
                                queues(stack, fleet),
                                MeantGrants.missing(stack, fleet),
                                Actors.missing(stack),
                                Origins.missing(stack),
                                strangers(stack, fleet))
                        .flatMap(List::stream)
                        .toList()))
                .orElseGet(() -> new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN));
    }

    /** What the queues share. */
    private static List<Flaw> missing(PlannedStack stack, FleetSummary fleet) {
        var flaws = new ArrayList<Flaw>();
        if (!stack.isLocal() && stack.ofType(GoogleType.CLUSTER).isEmpty()) {
            flaws.add(Flaw.at("cluster", "the plan has none"));
        }
        fleet.queues().stream()
                .map(PlannedQueue::pool)
                .distinct()
                .filter(pool -> !pool.isEmpty() && Nodes.ofPool(stack, pool).isEmpty())
                .forEach(pool -> flaws.add(Flaw.at("pool " + pool, "the plan has no nodes of it")));
        var kept = stack.ofType(GoogleType.SECRET);
        fleet.secretReaders().keySet().stream()
                .sorted()
                // Of a plan that keeps none at all, secret-store speaks.
                .filter(secret -> !kept.isEmpty()
                        && kept.stream()
                                .noneMatch(planned -> planned.at("secretId").is(secret)))
                .forEach(secret -> flaws.add(Flaw.at("secret " + secret, "the plan does not keep it")));
        return flaws;
    }

    private static List<Flaw> queues(PlannedStack stack, FleetSummary fleet) {
        return fleet.queues().stream()
                .flatMap(queue ->
                        missing(stack, fleet, queue.name())
                                .map(detail -> Flaw.at("queue " + queue.name(), detail))
                                .stream())
                .toList();
    }

    private static Optional<String> missing(PlannedStack stack, FleetSummary fleet, String queue) {
        var namespace = ResourceNames.namespace(queue);
        if (stack.ofType(KubernetesType.NAMESPACE).stream()
                .noneMatch(planned -> planned.at("metadata.name").is(namespace))) {
            return Optional.of("the plan has no namespace " + namespace);
        }
        var release = Releases.of(stack).stream()
                .filter(found -> found.namespace().equals(namespace))
                .filter(found -> found.queue().equals(queue) || isQueue(fleet, found.queue()))
                .findFirst();
        return release.isEmpty()
                ? Optional.of("no release in namespace " + namespace + " watches it")
                : lacking(stack, release.get()).or(() -> part(stack, namespace));
    }

    /** Of a service account that is not there, {@code job-account} speaks. */
    private static Optional<String> lacking(PlannedStack stack, Release release) {
        return flawIf(
                stack.ofType(KubernetesType.SECRET).stream()
                        .noneMatch(planned -> planned.at("metadata.namespace").is(release.namespace())
                                && planned.at("metadata.name").is(release.tokenSecret())),
                "the plan has no Secret " + release.tokenSecret() + " in namespace " + release.namespace());
    }

    private static Optional<String> part(PlannedStack stack, String namespace) {
        return PARTS.stream()
                .filter(part -> stack.ofType(part.type()).stream()
                        .noneMatch(planned -> planned.at("metadata.namespace").is(namespace)
                                && planned.at("metadata.name").is(part.name())))
                .findFirst()
                .map(part -> "namespace " + namespace + " has no "
                        + ResourceTypes.brief(part.type().token()) + " " + part.name() + ": " + part.without());
    }

    /** Of a release that watches another queue of the fleet than its own, {@code queue-one-release} speaks. */
    private static List<Flaw> strangers(PlannedStack stack, FleetSummary fleet) {
        return Releases.of(stack).stream()
                .filter(release -> !isQueue(fleet, release.queue()) || !isQueue(fleet, ofNamespace(release)))
                .map(release -> new Flaw(
                        release.subject().resource(),
                        "watches queue " + release.queue() + " in namespace " + release.namespace()
                                + ", which the fleet does not have"))
                .toList();
    }

    private static String ofNamespace(Release release) {
        return release.namespace().replaceFirst("^" + ResourceNames.namespace(""), "");
    }

    private static boolean isQueue(FleetSummary fleet, String name) {
        return fleet.queues().stream().anyMatch(queue -> queue.name().equals(name));
    }
}
