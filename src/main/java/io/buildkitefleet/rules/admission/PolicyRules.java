package io.buildkitefleet.rules.admission;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import com.google.gson.JsonElement;
import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.plan.PolicyDigests;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Whether the policies by which the API server holds a fleet's namespaces are the fleet's. */
public final class PolicyRules {
    private PolicyRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("admission-whole", HIGH, "The fleet's admission policies are whole and unchanged")
                .why(
                        "with one validation less, or a binding that leaves something out, a step gets what is not its queue's")
                .mend(
                        "keep policies and bindings as this version of the fleet makes them, and make a plan of an older one anew; what they"
                                + " admit, the stack's file says")
                .check(PolicyRules::whole));
    }

    private static Outcome whole(PlannedStack stack) {
        var subjects = stack.ofTypes(
                KubernetesType.VALIDATING_ADMISSION_POLICY.token(),
                KubernetesType.VALIDATING_ADMISSION_POLICY_BINDING.token(),
                KubernetesType.MUTATING_ADMISSION_POLICY.token(),
                KubernetesType.MUTATING_ADMISSION_POLICY_BINDING.token());
        var says = stack.fleet().map(FleetSummary::admission).orElse(Map.of());
        if (stack.subjects().isEmpty() || subjects.isEmpty() && says.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        var flaws = new ArrayList<Flaw>();
        for (var subject : subjects) {
            flaw(stack, says, subject).ifPresent(detail -> flaws.add(new Flaw(subject.resource(), detail)));
        }
        flaws.addAll(missing(says, subjects));
        return flaws.isEmpty() && says.isEmpty() ? unsaid(stack) : new Outcome.Looked(flaws);
    }

    private static Outcome unsaid(PlannedStack stack) {
        return new Outcome.NotChecked(
                stack.fleet().isEmpty()
                        ? Outcome.NotChecked.NOT_OUR_PLAN
                        : "the plan is of an older version, which does not say what its policies are; make it anew");
    }

    private static Optional<String> flaw(PlannedStack stack, Map<String, Map<String, String>> says, Subject subject) {
        var said = says.getOrDefault(name(subject), Map.of()).get(part(subject));
        return subject.part("spec").value().whole().flatMap(spec -> unlike(stack, subject, spec)
                .or(() -> Optional.ofNullable(said)
                        .filter(digest -> !digest.equals(PolicyDigests.of(spec)))
                        .map(unused -> isBinding(subject)
                                ? "holds in other namespaces than the configuration's"
                                : "has other constants than the configuration's")));
    }

    /** Of what no configuration changes, what is not as it was agreed to. */
    private static Optional<String> unlike(PlannedStack stack, Subject subject, JsonElement spec) {
        return RecordedPolicies.parts(name(subject), stack.isLocal())
                .flatMap(recorded -> isBinding(subject)
                        ? unlike(PolicyParts.bindings(recorded), PolicyParts.ofBinding(spec))
                        : unlike(PolicyParts.policies(recorded), PolicyParts.ofPolicy(spec)));
    }

    private static Optional<String> unlike(SortedMap<String, String> recorded, SortedMap<String, String> found) {
        return recorded.keySet().stream()
                .filter(part -> !recorded.get(part).equals(found.get(part)))
                .findFirst()
                .map(part -> "is not the fleet's: " + part + (found.containsKey(part) ? " is another" : " is missing"))
                .or(() -> found.keySet().stream()
                        .filter(part -> !recorded.containsKey(part) && !part.startsWith(PolicyParts.VARIABLES))
                        .findFirst()
                        .map(part -> "is not the fleet's: " + part + " is one more"));
    }

    private static List<Flaw> missing(Map<String, Map<String, String>> says, List<Subject> subjects) {
        return says.keySet().stream()
                .sorted()
                .flatMap(name -> Stream.of(PolicyDigests.POLICY, PolicyDigests.BINDING)
                        .filter(part -> subjects.stream()
                                .noneMatch(subject -> name(subject).equals(name)
                                        && part(subject).equals(part)))
                        .map(part -> Flaw.at(name, "the plan has no " + part + " of this name")))
                .toList();
    }

    private static String name(Subject subject) {
        return subject.at("metadata.name").text();
    }

    private static String part(Subject subject) {
        return isBinding(subject) ? PolicyDigests.BINDING : PolicyDigests.POLICY;
    }

    private static boolean isBinding(Subject subject) {
        return PolicyParts.isBinding(subject.resource().type());
    }
}
