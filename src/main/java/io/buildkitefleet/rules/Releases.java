package io.buildkitefleet.rules;

import java.util.List;

/** The releases of Buildkite's controller in a plan. */
final class Releases {
    private Releases() {}

    static List<Release> of(PlannedStack stack) {
        return stack.ofType(Types.RELEASE).stream()
                .filter(Release::isController)
                .map(Release::new)
                .toList();
    }

    static List<Subject> subjects(PlannedStack stack) {
        return of(stack).stream().map(Release::subject).toList();
    }
}
