package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.plan.Workload;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What objects of the cluster name, and what there is of that. */
public final class ReferenceRules {
    private ReferenceRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("reference-present", HIGH, "What is named in a namespace of the plan is in the plan")
                        .why(
                                "a pod waits for ever for a Secret, a ConfigMap or a volume that is not there, and the API server"
                                        + " makes none whose service account is missing")
                        .mend(
                                "put back what is missing, or take away what names it; what may be missing says optional: true")
                        .check(stack -> Check.each(ReferenceRules::subjects, subject -> missing(stack, subject))
                                .of(stack)),
                Rule.named("service-present", HIGH, "A server that is named is a Service of the plan, with pods")
                        .why("jobs wait for a cache that does not answer, or fail at it")
                        .mend("put back the Service and what serves it, or take away the variable that names it")
                        .check(stack -> Check.each(ReferenceRules::callers, subject -> deadEnd(stack, subject))
                                .of(stack)));
    }

    private static List<Subject> subjects(PlannedStack stack) {
        return Stream.of(
                        Releases.subjects(stack),
                        Workload.subjects(stack),
                        stack.ofType(KubernetesType.PERSISTENT_VOLUME_CLAIM))
                .flatMap(List::stream)
                .toList();
    }

    private static Optional<String> missing(PlannedStack stack, Subject subject) {
        return told(
                References.in(subject)
                        .filter(reference -> !reference.isKnownTo(stack))
                        .map(References.Reference::toString),
                "names ",
                ", which the plan does not have");
    }

    private static List<Subject> callers(PlannedStack stack) {
        return Stream.of(
                        Releases.subjects(stack),
                        Workload.subjects(stack),
                        stack.ofType(KubernetesType.CONFIG_MAP),
                        stack.ofType(KubernetesType.SERVICE))
                .flatMap(List::stream)
                .toList();
    }

    private static Optional<String> deadEnd(PlannedStack stack, Subject subject) {
        return subject.resource().type().equals(KubernetesType.SERVICE.token())
                ? ServiceNames.withoutPods(stack, subject)
                : told(
                        ServiceNames.in(stack, subject)
                                .filter(name -> !name.isKnownTo(stack))
                                .map(ServiceNames.Name::toString),
                        "names ",
                        ", and the plan has no such Service");
    }

    private static Optional<String> told(Stream<String> names, String before, String after) {
        return Optional.of(names.distinct().sorted().collect(Collectors.joining(", ")))
                .filter(text -> !text.isEmpty())
                .map(text -> before + text + after);
    }
}
