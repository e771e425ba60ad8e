package io.buildkitefleet.rules.whole;

import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Urn;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.ResourceTypes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Flaw;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether there is what inputs of others follow from: the networks, keys, stores and accounts of the plan. */
final class Origins {
    /** Of grants and of what stands beside something, rules of their own say that it is missing. */
    private static final List<GoogleType> STANDING = List.of(
            GoogleType.ACCOUNT,
            GoogleType.ADDRESS,
            GoogleType.BUCKET,
            GoogleType.CRYPTO_KEY,
            GoogleType.IDENTITY_POOL,
            GoogleType.KEY_RING,
            GoogleType.NETWORK,
            GoogleType.REPOSITORY,
            GoogleType.ROUTER,
            GoogleType.SUBNET);

    private Origins() {}

    /** Of Pulumi's own plan, what is only read is left out. */
    static List<Flaw> missing(PlannedStack stack) {
        if (stack.isPulumis()) {
            return List.of();
        }
        var there = stack.subjects().stream()
                .map(subject -> subject.resource().urn())
                .collect(Collectors.toSet());
        var users = new TreeMap<String, Registration>();
        for (var subject : stack.subjects()) {
            origins(subject).stream()
                    .filter(urn -> !there.contains(urn) && isStanding(urn))
                    .forEach(urn -> users.putIfAbsent(urn, subject.resource()));
        }
        return users.entrySet().stream()
                .map(missing -> Flaw.at(
                        Urn.name(missing.getKey()),
                        "the plan has no such " + ResourceTypes.brief(Urn.type(missing.getKey())) + ", and "
                                + missing.getValue().name() + " needs it"))
                .toList();
    }

    private static List<String> origins(Subject subject) {
        return subject.resource().propertyDependencies().values().stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static boolean isStanding(String urn) {
        return STANDING.stream().anyMatch(type -> type.token().equals(Urn.type(urn)));
    }
}
