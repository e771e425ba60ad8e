package io.buildkitefleet.rules;

import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.rules.admission.PolicyRules;
import io.buildkitefleet.rules.google.ClusterFeatureRules;
import io.buildkitefleet.rules.google.ClusterNetworkRules;
import io.buildkitefleet.rules.google.ClusterRules;
import io.buildkitefleet.rules.google.DeployerRules;
import io.buildkitefleet.rules.google.FederationRules;
import io.buildkitefleet.rules.google.FirewallRules;
import io.buildkitefleet.rules.google.GrantRules;
import io.buildkitefleet.rules.google.IamRules;
import io.buildkitefleet.rules.google.KeyRules;
import io.buildkitefleet.rules.google.LastingRules;
import io.buildkitefleet.rules.google.NetworkRules;
import io.buildkitefleet.rules.google.NodeOriginRules;
import io.buildkitefleet.rules.google.NodeRules;
import io.buildkitefleet.rules.google.PoolRules;
import io.buildkitefleet.rules.google.ProviderRules;
import io.buildkitefleet.rules.google.ProvisionRules;
import io.buildkitefleet.rules.google.RetentionRules;
import io.buildkitefleet.rules.google.RouteRules;
import io.buildkitefleet.rules.google.ServerRules;
import io.buildkitefleet.rules.google.StorageRules;
import io.buildkitefleet.rules.kubernetes.AdmissionRules;
import io.buildkitefleet.rules.kubernetes.AgentRules;
import io.buildkitefleet.rules.kubernetes.ControllerRules;
import io.buildkitefleet.rules.kubernetes.CrossingRules;
import io.buildkitefleet.rules.kubernetes.DeployRules;
import io.buildkitefleet.rules.kubernetes.JobRules;
import io.buildkitefleet.rules.kubernetes.LiteralSecretRules;
import io.buildkitefleet.rules.kubernetes.NamespaceRules;
import io.buildkitefleet.rules.kubernetes.NetworkPolicyRules;
import io.buildkitefleet.rules.kubernetes.OwnPodRules;
import io.buildkitefleet.rules.kubernetes.PodRules;
import io.buildkitefleet.rules.kubernetes.QueueNetworkRules;
import io.buildkitefleet.rules.kubernetes.QueueRules;
import io.buildkitefleet.rules.kubernetes.ReferenceRules;
import io.buildkitefleet.rules.kubernetes.RegistryMirrorRules;
import io.buildkitefleet.rules.kubernetes.RoomRules;
import io.buildkitefleet.rules.kubernetes.SecretRules;
import io.buildkitefleet.rules.kubernetes.SigningRules;
import io.buildkitefleet.rules.kubernetes.UntrustedRules;
import io.buildkitefleet.rules.kubernetes.VariableRules;
import io.buildkitefleet.rules.kubernetes.WorkloadRules;
import io.buildkitefleet.rules.made.MadeRules;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.UnknownValue;
import io.buildkitefleet.rules.recorded.HookRules;
import io.buildkitefleet.rules.recorded.ScriptRules;
import io.buildkitefleet.rules.rights.FleetRightRules;
import io.buildkitefleet.rules.rights.RbacRules;
import io.buildkitefleet.rules.rights.StrangerRules;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.rules.whole.FleetRules;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every rule that there is. */
public final class RuleSet {
    private static final List<Rule> RULES = Stream.of(
                    ClusterRules.rules(),
                    ClusterFeatureRules.rules(),
                    ClusterNetworkRules.rules(),
                    NodeRules.rules(),
                    NodeOriginRules.rules(),
                    PoolRules.rules(),
                    NetworkRules.rules(),
                    FirewallRules.rules(),
                    RouteRules.rules(),
                    StorageRules.rules(),
                    RetentionRules.rules(),
                    LastingRules.rules(),
                    KeyRules.rules(),
                    ProviderRules.rules(),
                    ServerRules.rules(),
                    ProvisionRules.rules(),
                    IamRules.rules(),
                    GrantRules.rules(),
                    FederationRules.rules(),
                    DeployerRules.rules(),
                    RbacRules.rules(),
                    StrangerRules.rules(),
                    FleetRightRules.rules(),
                    NamespaceRules.rules(),
                    NetworkPolicyRules.rules(),
                    QueueNetworkRules.rules(),
                    CrossingRules.rules(),
                    DeployRules.rules(),
                    PodRules.rules(),
                    OwnPodRules.rules(),
                    WorkloadRules.rules(),
                    RoomRules.rules(),
                    JobRules.rules(),
                    RegistryMirrorRules.rules(),
                    ReferenceRules.rules(),
                    SecretRules.rules(),
                    LiteralSecretRules.rules(),
                    QueueRules.rules(),
                    AdmissionRules.rules(),
                    PolicyRules.rules(),
                    AgentRules.rules(),
                    ControllerRules.rules(),
                    VariableRules.rules(),
                    HookRules.rules(),
                    ScriptRules.rules(),
                    UntrustedRules.rules(),
                    SigningRules.rules(),
                    FleetRules.rules(),
                    MadeRules.rules())
            .flatMap(List::stream)
            .toList();

    /** The place of what is wrong with a plan as a whole. */
    private static final String WHOLE = "plan";

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
     * @param strict whether it is a finding that no rule reads a resource, or that a rule could not be checked
     */
    public static Assessment assess(StackPlan plan, Waivers waivers, boolean strict) {
        var stack = new PlannedStack(plan);
        var asked = new TreeSet<String>();
        var results = new ArrayList<Result>();
        for (var rule : RULES) {
            var unasked = stack.unasked();
            var outcome = rule.check().of(unasked);
            results.add(result(rule, outcome, unasked.unknown(), waivers, strict));
            asked.addAll(unasked.asked());
        }
        results.add(result(Coverage.RULE, Coverage.of(stack, asked, strict), List.of(), waivers, strict));
        results.addAll(waivers.results(results));
        return new Assessment(
                plan.stack(),
                results,
                stack.subjects().stream()
                        .anyMatch(subject -> asked.contains(subject.resource().type())),
                waivers.ending());
    }

    /** Strictly, what could not be checked breaks the rule: nobody takes silence for an approval. */
    private static Result result(
            Rule rule, Outcome outcome, List<UnknownValue> unknown, Waivers waivers, boolean strict) {
        if (outcome instanceof Outcome.NotApplicable unsaid && unknown.isEmpty()) {
            return Result.notApplicable(rule, unsaid.why());
        }
        var findings = new ArrayList<Finding>();
        if (outcome instanceof Outcome.Looked looked) {
            looked.flaws().forEach(flaw -> findings.add(Finding.of(rule, flaw, waivers.of(rule, flaw.place()))));
        }
        var unjudged = unjudged(outcome, unknown).stream()
                .filter(flaw -> findings.stream().noneMatch(finding -> isOf(flaw, finding)))
                .toList();
        if (strict) {
            unjudged.forEach(flaw -> findings.add(Finding.unjudged(rule, flaw, waivers.of(rule, flaw.place()))));
        }
        return strict || unjudged.isEmpty()
                ? Result.of(rule, findings)
                : Result.notChecked(rule, findings, why(unjudged));
    }

    private static List<Flaw> unjudged(Outcome outcome, List<UnknownValue> unknown) {
        return outcome instanceof Outcome.NotChecked unchecked
                ? List.of(Flaw.at(WHOLE, unchecked.why()))
                : unknown.stream()
                        .map(value -> new Flaw(value.resource(), value.told()))
                        .toList();
    }

    private static boolean isOf(Flaw flaw, Finding finding) {
        return finding.urn().equals(flaw.urn()) && finding.resource().equals(flaw.place());
    }

    private static String why(List<Flaw> unjudged) {
        return unjudged.stream()
                .map(flaw -> flaw.urn().isEmpty() ? flaw.detail() : "of " + flaw.place() + ", " + flaw.detail())
                .collect(Collectors.joining("; "));
    }
}
