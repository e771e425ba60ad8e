package io.buildkitefleet.rules.whole;

import io.buildkitefleet.fleet.access.AccountRole;
import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.rule.Flaw;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the plan grants all that the configuration means accounts and owners of macs to have, and on what there is.
 */
final class MeantGrants {
    private static final String BUCKET = AccountRole.bucket("");

    private static final String KEY = AccountRole.key("");

    private static final String SECRET = "secret ";

    private static final String READ_SECRET = "roles/secretmanager.secretAccessor";

    private MeantGrants() {}

    static List<Flaw> missing(PlannedStack stack, FleetSummary fleet) {
        return Stream.of(grants(stack, fleet), things(stack, fleet), accounts(stack, fleet))
                .flatMap(found -> found)
                .toList();
    }

    private static Stream<Flaw> grants(PlannedStack stack, FleetSummary fleet) {
        var given = given(stack);
        var meant = meant(fleet);
        var strays = given.stream().filter(grant -> !meant.contains(grant)).toList();
        return meant.stream()
                // Of what nodes have, node-role speaks.
                .filter(role -> !role.role().equals(Grants.NODE_ROLE))
                .filter(role -> !given.contains(role))
                // Of a grant that was changed to another one, rules about grants speak.
                .filter(role -> strays.stream().noneMatch(stray -> isLike(role, stray)))
                .map(role -> Flaw.at(role.on(), "the plan does not grant " + role.role() + " to " + role.member()))
                .sorted(Comparator.comparing(Flaw::place).thenComparing(Flaw::detail));
    }

    private static Set<AccountRole> meant(FleetSummary fleet) {
        return Stream.concat(
                        fleet.accountRoles().stream(),
                        fleet.secretReaders().entrySet().stream().flatMap(secret -> secret.getValue().stream()
                                .map(member -> new AccountRole(member, READ_SECRET, SECRET + secret.getKey()))))
                .collect(Collectors.toSet());
    }

    private static Set<AccountRole> given(PlannedStack stack) {
        return Grants.all(stack).stream()
                .flatMap(grant -> Grants.given(grant)
                        .map(given -> new AccountRole(given.member(), given.role(), Grants.on(grant))))
                .collect(Collectors.toSet());
    }

    /** Whether one of these was made of the other by a change of one thing, or may be the other once it is known. */
    private static boolean isLike(AccountRole role, AccountRole stray) {
        var same = Stream.of(
                        stray.member().equals(role.member()) || stray.member().equals(PropertyValues.UNKNOWN),
                        stray.role().equals(role.role()),
                        stray.on().equals(role.on()) || stray.on().contains(PropertyValues.UNKNOWN))
                .filter(equal -> equal)
                .count();
        return same >= 2;
    }

    /** Buckets and keys, which the fleet's accounts are meant to use. */
    private static Stream<Flaw> things(PlannedStack stack, FleetSummary fleet) {
        return fleet.accountRoles().stream()
                .map(AccountRole::on)
                .distinct()
                .filter(on -> on.startsWith(BUCKET) && !hasBucket(stack, on.substring(BUCKET.length()))
                        || on.startsWith(KEY) && !hasKey(stack, on.substring(KEY.length())))
                .map(on -> Flaw.at(on, "the plan has none, and accounts of the fleet are to use it"));
    }

    private static boolean hasBucket(PlannedStack stack, String name) {
        return stack.ofType(GoogleType.BUCKET).stream()
                .anyMatch(bucket -> bucket.at("name").is(name));
    }

    private static boolean hasKey(PlannedStack stack, String name) {
        return stack.ofType(GoogleType.CRYPTO_KEY).stream()
                .anyMatch(key -> key.resource().name().equals(name));
    }

    private static Stream<Flaw> accounts(PlannedStack stack, FleetSummary fleet) {
        var own = Grants.ownAccounts(stack);
        return fleet.accountRoles().stream()
                .map(AccountRole::member)
                .distinct()
                .filter(member -> !own.contains(member))
                .map(member -> Flaw.at(member, "the plan does not make the account"));
    }
}
