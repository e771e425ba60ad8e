package io.buildkitefleet.rules;

import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.rules.plan.PlannedStack;
import java.util.List;
import java.util.stream.Stream;

/** Every rule that there is. */
public final class RuleSet {
    private static final List<Rule> RULES = Stream.of(
                    ClusterRules.rules(),
                    ClusterNetworkRules.rules(),
                    NodeRules.rules(),
                    NetworkRules.rules(),
                    StorageRules.rules(),
                    IamRules.rules(),
                    FederationRules.rules(),
                    RbacRules.rules(),
                    NamespaceRules.rules(),
                    DeployRules.rules(),
                    JobRules.rules(),
                    RegistryMirrorRules.rules(),
                    SecretRules.rules(),
                    QueueRules.rules(),
                    AdmissionRules.rules(),
                    UntrustedRules.rules(),
                    SigningRules.rules())
            .flatMap(List::stream)
            .toList();

    private RuleSet() {}

    /** In the order in which they are reported; those about the waivers themselves come last. */
    public static List<Rule> rules() {
        return Stream.concat(RULES.stream(), Waivers.RULES.stream()).toList();
    }

    /** Holds a plan against every rule. */
    public static Assessment assess(StackPlan plan, Waivers waivers) {
        var stack = new PlannedStack(plan);
        var results = RULES.stream().map(rule -> result(rule, stack, waivers)).toList();
        return new Assessment(
                plan.stack(),
                Stream.concat(results.stream(), waivers.results(results).stream())
                        .toList());
    }

    private static Result result(Rule rule, PlannedStack stack, Waivers waivers) {
        var outcome = rule.check().of(stack);
        if (outcome instanceof Outcome.NotChecked unchecked) {
            return Result.notChecked(rule, unchecked.why());
        }
        if (outcome instanceof Outcome.Looked looked) {
            return Result.of(
                    rule,
                    looked.flaws().stream()
                            .map(flaw -> Finding.of(
                                    rule, flaw, waivers.of(rule, flaw.resource().name())))
                            .toList());
        }
        return Result.notApplicable(rule);
    }
}
