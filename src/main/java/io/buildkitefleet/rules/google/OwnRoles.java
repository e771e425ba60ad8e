package io.buildkitefleet.rules.google;

import io.buildkitefleet.fleet.access.AccountRole;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the fleet's own accounts are granted, against what the configuration means them to have. */
final class OwnRoles {
    private OwnRoles() {}

    static Outcome held(PlannedStack stack) {
        var grants = Grants.all(stack).stream()
                .filter(grant -> !Grants.isOn(grant, GrantRules.SECRETS) && !Grants.isOn(grant, GrantRules.ACCOUNTS))
                .toList();
        if (grants.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        if (stack.fleet().isEmpty()) {
            return new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN);
        }
        var meant = Set.copyOf(stack.fleet().get().accountRoles());
        if (meant.isEmpty()) {
            return new Outcome.NotChecked(
                    "the plan is of an older version, which does not say what its accounts may do; make it anew");
        }
        var own = new HashSet<>(Grants.ownAccounts(stack));
        own.removeAll(untrustedNodes(stack));
        return Check.each(unused -> grants, grant -> beyond(stack, own, meant, grant))
                .of(stack);
    }

    private static Optional<String> beyond(PlannedStack stack, Set<String> own, Set<AccountRole> meant, Subject grant) {
        var on = Grants.on(grant);
        return Grants.given(grant)
                .filter(given -> own.contains(given.member()))
                .filter(given -> !meant.contains(new AccountRole(given.member(), given.role(), on)))
                .findFirst()
                .filter(unused -> !isSpokenOf(stack, grant))
                .map(given -> "grants " + given.role() + " on " + on + " to " + given.member()
                        + ", to whom the configuration does not give it");
    }

    /** Of these, {@code untrusted-node-account} speaks. */
    private static Set<String> untrustedNodes(PlannedStack stack) {
        var queues = stack.fleet().stream()
                .flatMap(fleet -> fleet.queues().stream())
                .filter(queue -> queue.isUntrusted())
                .map(queue -> queue.name())
                .toList();
        return Releases.of(stack).stream()
                .filter(release -> queues.contains(release.queue()))
                .flatMap(release -> Nodes.ofPool(stack, release.pool()).stream())
                .map(Nodes::memberOfPool)
                .collect(Collectors.toSet());
    }

    /** Whether another rule finds the same, which says more of what is wrong with it. */
    private static boolean isSpokenOf(PlannedStack stack, Subject grant) {
        List<Function<Subject, Optional<String>>> others = List.of(
                found -> Grants.wide(stack).contains(found) ? IamRules.projectRole(stack, found) : Optional.empty(),
                found -> BucketGrants.all(stack).contains(found) ? BucketGrants.wide(stack, found) : Optional.empty(),
                found -> IamRules.nodeGrants(stack).contains(found) ? IamRules.nodeWrites(found) : Optional.empty());
        return others.stream().anyMatch(other -> other.apply(grant).isPresent());
    }
}
