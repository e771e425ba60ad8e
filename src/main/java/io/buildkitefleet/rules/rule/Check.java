package io.buildkitefleet.rules.rule;

import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Holds a plan against one rule. */
@FunctionalInterface
public interface Check {
    Outcome of(PlannedStack stack);

    /** Looks at each of these; the flaw says what is wrong with one, if anything is. */
    static Check each(Function<PlannedStack, List<Subject>> subjects, Function<Subject, Optional<String>> flaw) {
        return stack -> each(stack, subjects.apply(stack), flaw);
    }

    /** Looks at each resource of a type. */
    static Check each(ResourceType type, Function<Subject, Optional<String>> flaw) {
        return each(stack -> stack.ofType(type), flaw);
    }

    /** Looks at each release of Buildkite's controller. */
    static Check eachRelease(Function<Release, Optional<String>> flaw) {
        return each(Releases::subjects, subject -> flaw.apply(new Release(subject)));
    }

    private static Outcome each(PlannedStack stack, List<Subject> subjects, Function<Subject, Optional<String>> flaw) {
        if (subjects.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        return new Outcome.Looked(subjects.stream()
                .flatMap(subject -> flaw.apply(subject).stream().map(text -> new Flaw(subject.resource(), text)))
                .toList());
    }
}
