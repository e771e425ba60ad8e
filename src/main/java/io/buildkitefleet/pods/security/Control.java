package io.buildkitefleet.pods.security;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One control of the Pod Security Standards.
 *
 * @param name its name in the standards
 * @param check its name in the API server's evaluator
 * @param level the lowest level that has it
 * @param replaces the checks of the level below that it says more than
 * @param revisions from which minor version of Kubernetes 1 on it asks what, oldest first
 */
record Control(String name, String check, Level level, List<String> replaces, List<Revision> revisions) {
    /** @param since the first minor version of Kubernetes 1 that asks so */
    record Revision(int since, Requirement requirement) {}

    Control {
        replaces = List.copyOf(replaces);
        revisions = List.copyOf(revisions);
    }

    static Revision since(int minor, Requirement requirement) {
        return new Revision(minor, requirement);
    }

    static Control baseline(String name, String check, Revision... revisions) {
        return new Control(name, check, Level.BASELINE, List.of(), Arrays.asList(revisions));
    }

    static Control restricted(String name, String check, Revision... revisions) {
        return new Control(name, check, Level.RESTRICTED, List.of(), Arrays.asList(revisions));
    }

    /** The same, in place of one of the level below. */
    Control insteadOf(String other) {
        return new Control(name, check, level, List.of(other), revisions);
    }

    /** What it asks in a version, if that has it. */
    Optional<Requirement> in(int minor) {
        return revisions.stream()
                .filter(revision -> revision.since() <= minor)
                .max(Comparator.comparingInt(Revision::since))
                .map(Revision::requirement);
    }

    Stream<Violation> violations(PodFields pod, int minor) {
        return breaches(pod, minor).map(breach -> Violation.of(this, breach));
    }

    /** The fields that are of another type than theirs, which no level and no version admits. */
    Stream<Violation> malformed(PodFields pod) {
        return breaches(pod, Controls.NEWEST).filter(Breach::isMalformed).map(breach -> Violation.of(this, breach));
    }

    private Stream<Breach> breaches(PodFields pod, int minor) {
        return in(minor).stream().flatMap(requirement -> requirement.breaches(pod));
    }
}
