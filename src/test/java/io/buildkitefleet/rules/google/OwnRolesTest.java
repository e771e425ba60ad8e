package io.buildkitefleet.rules.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.access.AccountRole;
import io.buildkitefleet.fleet.access.AccountRoles;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.testing.PreviewedStacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The model says which roles the fleet's accounts have; components grant them. */
@ExtendWith(PreviewedStacks.Extension.class)
class OwnRolesTest {
    @Test
    void everyStackGrantsItsAccountsWhatTheModelSaysAndNothingElse(PreviewedStacks previews) {
        previews.byStack().forEach((name, preview) -> {
            var stack = new PlannedStack(StackPlan.of(preview));
            var own = Grants.ownAccounts(stack);
            var granted = Grants.all(stack).stream()
                    .filter(grant ->
                            !Grants.isOn(grant, GrantRules.SECRETS) && !Grants.isOn(grant, GrantRules.ACCOUNTS))
                    .flatMap(grant -> Grants.given(grant)
                            .map(given -> new AccountRole(given.member(), given.role(), Grants.on(grant))))
                    .filter(role -> own.contains(role.member()));

            assertThat(AccountRoles.of(preview.fleet()).isEmpty())
                    .as("%s has no roles", name)
                    .isEqualTo(preview.fleet().isLocal());
            assertThat(AccountRoles.of(preview.fleet()))
                    .as("roles of %s", name)
                    .containsExactlyInAnyOrderElementsOf(granted.toList());
        });
    }
}
