package io.buildkitefleet.rules;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The releases of Buildkite's controller in a plan. */
final class Releases {
    private Releases() {}

    static List<Release> of(PlannedStack stack) {
        return stack.ofType(Types.RELEASE).stream()
                .filter(Release::isController)
                .map(Release::new)
                .toList();
    }

    /** Looks at each release. */
    static Check each(Function<Release, Optional<String>> flaw) {
        return Check.each(Releases::subjects, subject -> flaw.apply(new Release(subject)));
    }

    static List<Subject> subjects(PlannedStack stack) {
        return of(stack).stream().map(Release::subject).toList();
    }
}
