package io.buildkitefleet.rules;

import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.rules.google.ClusterFeatureRules;
import io.buildkitefleet.rules.google.ClusterNetworkRules;
import io.buildkitefleet.rules.google.ClusterRules;
import io.buildkitefleet.rules.google.DeployerRules;
import io.buildkitefleet.rules.google.FederationRules;
import io.buildkitefleet.rules.google.FirewallRules;
import io.buildkitefleet.rules.google.GrantRules;
import io.buildkitefleet.rules.google.IamRules;
import io.buildkitefleet.rules.google.NetworkRules;
import io.buildkitefleet.rules.google.NodeRules;
import io.buildkitefleet.rules.google.RetentionRules;
import io.buildkitefleet.rules.google.StorageRules;
import io.buildkitefleet.rules.kubernetes.AdmissionRules;
import io.buildkitefleet.rules.kubernetes.AgentRules;
import io.buildkitefleet.rules.kubernetes.DeployRules;
import io.buildkitefleet.rules.kubernetes.HookRules;
import io.buildkitefleet.rules.kubernetes.JobRules;
import io.buildkitefleet.rules.kubernetes.LiteralSecretRules;
import io.buildkitefleet.rules.kubernetes.NamespaceRules;
import io.buildkitefleet.rules.kubernetes.NetworkPolicyRules;
import io.buildkitefleet.rules.kubernetes.OwnPodRules;
import io.buildkitefleet.rules.kubernetes.PodRules;
import io.buildkitefleet.rules.kubernetes.QueueRules;
import io.buildkitefleet.rules.kubernetes.RbacRules;
import io.buildkitefleet.rules.kubernetes.RegistryMirrorRules;
import io.buildkitefleet.rules.kubernetes.SecretRules;
import io.buildkitefleet.rules.kubernetes.SigningRules;
import io.buildkitefleet.rules.kubernetes.UntrustedRules;
import io.buildkitefleet.rules.kubernetes.WorkloadRules;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every rule that there is. */
public final class RuleSet {
    private static final List<Rule> RULES = Stream.of(
                    ClusterRules.rules(),
                    ClusterFeatureRules.rules(),
                    ClusterNetworkRules.rules(),
                    NodeRules.rules(),
                    NetworkRules.rules(),
                    FirewallRules.rules(),
                    StorageRules.rules(),
                    RetentionRules.rules(),
                    IamRules.rules(),
                    GrantRules.rules(),
                    FederationRules.rules(),
                    DeployerRules.rules(),
                    RbacRules.rules(),
                    NamespaceRules.rules(),
                    NetworkPolicyRules.rules(),
                    DeployRules.rules(),
                    PodRules.rules(),
                    OwnPodRules.rules(),
                    WorkloadRules.rules(),
                    JobRules.rules(),
                    RegistryMirrorRules.rules(),
                    SecretRules.rules(),
                    LiteralSecretRules.rules(),
                    QueueRules.rules(),
                    AdmissionRules.rules(),
                    AgentRules.rules(),
                    HookRules.rules(),
                    UntrustedRules.rules(),
                    SigningRules.rules())
            .flatMap(List::stream)
            .toList();

    private RuleSet() {}

    /** In the order in which they are reported; those about the rules and the waivers themselves come last. */
    public static List<Rule> rules() {
        return Stream.of(RULES, List.of(Coverage.RULE), Waivers.RULES)
                .flatMap(List::stream)
                .toList();
    }

    /** Holds a plan against every rule; what no rule reads is told, and is no finding. */
    public static Assessment assess(StackPlan plan, Waivers waivers) {
        return assess(plan, waivers, false);
    }

    /**
     * Holds a plan against every rule.
     *
     * @param strict whether a resource that no rule reads is a finding
     */
    public static Assessment assess(StackPlan plan, Waivers waivers, boolean strict) {
        var stack = new PlannedStack(plan);
        var asked = new TreeSet<String>();
        var results = new ArrayList<Result>();
        for (var rule : RULES) {
            var unasked = stack.unasked();
            results.add(result(rule, rule.check().of(unasked), waivers));
            asked.addAll(unasked.asked());
        }
        results.add(result(Coverage.RULE, Coverage.of(stack, asked, strict), waivers));
        results.addAll(waivers.results(results));
        return new Assessment(
                plan.stack(),
                results,
                stack.subjects().stream()
                        .anyMatch(subject -> asked.contains(subject.resource().type())),
                waivers.ending());
    }

    private static Result result(Rule rule, Outcome outcome, Waivers waivers) {
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
        return Result.notApplicable(rule, ((Outcome.NotApplicable) outcome).why());
    }
}
