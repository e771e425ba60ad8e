package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.plan.Subject.refuse;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is there and of no use, ends by itself, or cannot be undone. */
public final class LastingRules {
    /** The one kind of repository that has only what somebody pushed to it. */
    private static final String STANDARD = "STANDARD_REPOSITORY";

    private static final Set<String> UPSTREAMS = Set.of("remoteRepositoryConfig", "virtualRepositoryConfig");

    private LastingRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("identity-enabled", HIGH, "Who the plan has is somebody")
                        .why("a job, a node or a deploy that acts as a disabled account is refused everything")
                        .mend("leave out disabled; take away what nobody is to be")
                        .check(Check.each(
                                stack -> stack.ofTypes(
                                        GoogleType.ACCOUNT.token(),
                                        GoogleType.IDENTITY_POOL.token(),
                                        GoogleType.TOKEN_PROVIDER.token()),
                                refuse("disabled", true))),
                Rule.named("grant-lasts", HIGH, "A grant holds until somebody takes it away")
                        .why(
                                "a condition that ends it, or never holds, stops every job on a day on which nobody changed anything")
                        .mend("leave out condition, but for one prefix of a bucket")
                        .source("https://cloud.google.com/iam/docs/conditions-overview")
                        .check(stack -> Check.each(Grants::all, grant -> ending(stack, grant))
                                .of(stack)),
                Rule.named("service-stays", MEDIUM, "An API stays on when the fleet goes")
                        .why("whatever else of the project uses it stops, and with it what it keeps there")
                        .mend("set disableOnDestroy: false, and leave out disableDependentServices")
                        .check(Check.each(
                                GoogleType.SERVICE,
                                Subject.both(
                                        refuse("disableOnDestroy", true), refuse("disableDependentServices", true)))),
                Rule.named("bucket-unlocked", HIGH, "What is in a bucket can be deleted, and read by who may read it")
                        .why(
                                "a locked policy cannot be taken back: the bucket stays, and grows, until all of it is old enough; a"
                                        + " cache that cannot replace what it has is none")
                        .mend("leave out retentionPolicy, defaultEventBasedHold and requesterPays")
                        .source("https://cloud.google.com/storage/docs/bucket-lock")
                        .check(Check.each(GoogleType.BUCKET, LastingRules::held)),
                Rule.named("image-origin", HIGH, "A registry has what somebody with a right to it pushed")
                        .why("what another registry has under a name is pulled as if it were ours, by every job")
                        .mend(
                                "set mode: STANDARD_REPOSITORY; what mirrors others is registryMirror, which the platform team keeps")
                        .source("https://cloud.google.com/artifact-registry/docs/repositories/remote-overview")
                        .check(Check.each(GoogleType.REPOSITORY, LastingRules::mirroring)));
    }

    private static Optional<String> ending(PlannedStack stack, Subject grant) {
        return Grants.given(grant)
                // Of what nodes have, node-role speaks.
                .filter(given -> !given.condition().isEmpty() && !given.role().equals(Grants.NODE_ROLE))
                .filter(given -> given.condition().contains("request.time") || !isBound(given))
                .findFirst()
                .filter(given -> given.condition().contains("request.time")
                        || !Grants.isOn(grant, "storage/bucketI")
                        || BucketGrants.wide(stack, grant).isEmpty())
                .map(given -> "grants " + given.role() + " only if " + given.condition());
    }

    /** A prefix of a bucket; what a role of a deployer's is bound to, {@code iam-custom-roles} reads. */
    private static boolean isBound(Grants.Given given) {
        return BucketGrants.isPrefix(given.condition()) || given.role().contains("/roles/");
    }

    private static Optional<String> held(Subject bucket) {
        return flawIf(bucket.at("retentionPolicy.isLocked").isTrue(), "retentionPolicy is locked, for ever")
                .or(() -> flawIf(
                        bucket.at("retentionPolicy").exists(),
                        "retentionPolicy keeps each object for "
                                + bucket.at("retentionPolicy.retentionPeriod").described() + " seconds"))
                .or(() -> Stream.of("defaultEventBasedHold", "requesterPays")
                        .filter(input -> bucket.at(input).isTrue())
                        .findFirst()
                        .map(input -> input + " is true"));
    }

    private static Optional<String> mirroring(Subject repository) {
        var mode = repository.at("mode");
        return flawIf(mode.exists() && !mode.is(STANDARD), "mode is " + mode.described() + ", not " + STANDARD)
                .or(() -> UPSTREAMS.stream()
                        .sorted()
                        .filter(input -> repository.at(input).exists())
                        .findFirst()
                        .map(input -> input + " is set"));
    }
}
