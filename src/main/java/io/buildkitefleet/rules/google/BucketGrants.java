package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;

import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who writes into which part of a bucket: https://cloud.google.com/storage/docs/access-control/iam#conditions */
final class BucketGrants {
    private static final Set<String> READING = Set.of("roles/storage.objectViewer", "roles/storage.legacyBucketReader");

    private static final Set<String> WRITING = Set.of("roles/storage.objectCreator", "roles/storage.objectUser");

    /**
     * A condition that is nothing else, so that all of what it says is read; without the last slash, {@code big} is
     * {@code big-2} as well.
     */
    private static final Pattern BELOW = Pattern.compile("resource\\.name\\.startsWith\\(\""
            + "projects/_/buckets/(?<bucket>[^\"/\\\\]+)/objects/(?<prefix>[^\"\\\\]+/)\"\\)");

    private BucketGrants() {}

    /** Whether a condition is one prefix of a bucket, and no more. */
    static boolean isPrefix(String condition) {
        return BELOW.matcher(condition).matches();
    }

    static List<Subject> all(PlannedStack stack) {
        return Grants.on(stack, "grant on a bucket", "storage/bucketI");
    }

    /** Of what everybody is given, {@code iam-public} speaks. */
    static Optional<String> wide(PlannedStack stack, Subject grant) {
        return Grants.given(grant)
                .filter(given -> !given.isToEverybody())
                .flatMap(given -> wide(stack, grant, given).stream())
                .findFirst();
    }

    private static Optional<String> wide(PlannedStack stack, Subject grant, Grants.Given given) {
        if (READING.contains(given.role())) {
            return Optional.empty();
        }
        if (!WRITING.contains(given.role())) {
            return Optional.of("grants " + given.role());
        }
        var prefix = prefix(grant, given);
        if (prefix.isPresent()) {
            return others(stack, grant, given)
                    .filter(other -> prefix(grant, other)
                            .filter(own -> isWithin(own, prefix.get()))
                            .isPresent())
                    .findFirst()
                    .map(other -> "grants " + given.role() + " below " + prefix.get() + ", as to " + other.member());
        }
        return flawIf(
                others(stack, grant, given).findAny().isPresent(),
                "grants " + given.role()
                        + (given.condition().isEmpty()
                                ? " on the whole of a shared bucket"
                                : " on a shared bucket by a condition that is not one prefix of it"));
    }

    /**
     * What names of objects begin with by the condition, if that says so and no more; other buckets' names it cannot
     * mean.
     */
    private static Optional<String> prefix(Subject grant, Grants.Given given) {
        var below = BELOW.matcher(given.condition());
        var bucket = grant.at("bucket");
        return below.matches() && (bucket.isUnknown() || bucket.is(below.group("bucket")))
                ? Optional.of(below.group("prefix"))
                : Optional.empty();
    }

    private static boolean isWithin(String one, String other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    /** What other members are given on the bucket of the grant, to read or to write. */
    private static Stream<Grants.Given> others(PlannedStack stack, Subject grant, Grants.Given given) {
        return all(stack).stream()
                .filter(other -> other.at("bucket").is(grant.at("bucket").text()))
                .flatMap(Grants::given)
                .filter(other -> !other.member().equals(given.member()));
    }
}
