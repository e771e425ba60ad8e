package io.buildkitefleet.rules;

import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.resources.ResourceTypes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.rules.rule.Severity;
import io.buildkitefleet.text.Count;
import io.buildkitefleet.text.Listing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a plan no rule reads, so that nobody takes silence for an approval. */
final class Coverage {
    static final Rule RULE = Rule.named("resource-read", Severity.HIGH, "A rule reads each resource of the plan")
            .why("what no rule reads would pass in silence: a machine that the internet reaches, or a database")
            .mend("look at it yourself and waive this, or leave it out")
            .check(stack -> new Outcome.NotApplicable(stack.nothing()));

    private Coverage() {}

    /**
     * Judges a plan.
     *
     * @param asked the types that rules have asked for
     * @param strict whether what no rule reads breaks the rule; else it is only told
     */
    static Outcome of(PlannedStack stack, Set<String> asked, boolean strict) {
        var releases = Releases.subjects(stack);
        var unread = Stream.concat(
                        stack.subjects().stream()
                                .filter(subject ->
                                        !asked.contains(subject.resource().type()) || isOfAStranger(subject, releases))
                                .filter(subject ->
                                        !NeedsNoRule.holds(subject.resource().type())),
                        stack.strangers().stream())
                .toList();
        if (stack.subjects().isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        if (strict || unread.isEmpty()) {
            return new Outcome.Looked(unread.stream()
                    .map(subject -> new Flaw(
                            subject.resource(),
                            "no rule reads "
                                    + ResourceTypes.brief(subject.resource().type())))
                    .toList());
        }
        return new Outcome.NotChecked(told(unread));
    }

    /** Rules read releases of Buildkite's controller; what another chart makes, no rule sees. */
    private static boolean isOfAStranger(Subject subject, List<Subject> releases) {
        return subject.resource().type().equals(KubernetesType.RELEASE.token()) && !releases.contains(subject);
    }

    private static String told(List<Subject> unread) {
        Map<String, List<Subject>> byType = unread.stream()
                .collect(Collectors.groupingBy(
                        subject -> ResourceTypes.brief(subject.resource().type()), TreeMap::new, Collectors.toList()));
        return "no rule reads " + new Count(unread.size(), "resource") + ": "
                + byType.entrySet().stream()
                        .map(type -> type.getKey() + " ("
                                + type.getValue().stream()
                                        .map(subject -> subject.resource().name())
                                        .collect(Listing.joining())
                                + ")")
                        .collect(Collectors.joining(", "))
                + "; --strict makes this a finding";
    }
}
