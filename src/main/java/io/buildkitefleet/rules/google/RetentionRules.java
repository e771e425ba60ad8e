package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Google deletes by itself, and when. */
public final class RetentionRules {
    /** Conditions that something new does not meet before so many days or versions. */
    private static final List<String> WAITING =
            List.of("age", "daysSinceNoncurrentTime", "daysSinceCustomTime", "numNewerVersions");

    private static final List<String> DELETING = List.of("Delete", "AbortIncompleteMultipartUpload");

    /** A build that pushes an image, or one that uses what another pushed, may take as long. */
    private static final long LEAST_SECONDS = 24L * 60 * 60;

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,12})(?:\\.\\d+)?s");

    private static final List<String> SELECTING = List.of("packageNamePrefixes", "versionNamePrefixes", "tagPrefixes");

    private RetentionRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("bucket-keeps", HIGH, "What is put into a bucket stays there for a day at least")
                        .why("jobs look for artifacts that other jobs made, and would find none")
                        .mend("let each lifecycle rule that deletes wait: age or daysSinceNoncurrentTime of 1 or more")
                        .source("https://cloud.google.com/storage/docs/lifecycle#conditions")
                        .check(Check.each(GoogleType.BUCKET, RetentionRules::deletingNow)),
                Rule.named("image-keeps", HIGH, "Images that somebody has named stay in the registry")
                        .why("a job whose image is gone never starts, nor does what was deployed")
                        .mend(
                                "delete what is UNTAGGED and older than a day, or of packageNamePrefixes; to delete more, keep"
                                        + " mostRecentVersions")
                        .source("https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy")
                        .check(Check.each(GoogleType.REPOSITORY, RetentionRules::deletingImages)),
                Rule.named("secret-lasts", HIGH, "A secret stays until somebody takes it away")
                        .why(
                                "when it ends, no agent can register and no job can check out any more, and nobody has done anything")
                        .mend("leave out ttl and expireTime, and enabled: false on its version")
                        .source("https://cloud.google.com/secret-manager/docs/secret-expiration")
                        .check(Check.each(
                                stack -> stack.ofTypes(GoogleType.SECRET.token(), GoogleType.SECRET_VERSION.token()),
                                RetentionRules::ending)));
    }

    private static Optional<String> deletingNow(Subject bucket) {
        return bucket.at("lifecycleRules").items().stream()
                .filter(rule -> DELETING.contains(rule.at("action.type").text()))
                .filter(rule -> !rule.at("condition").isUnknown()
                        && WAITING.stream()
                                .noneMatch(
                                        condition -> waits(rule.at("condition").key(condition))))
                .findFirst()
                .map(rule -> "lifecycleRules has " + rule.at("action.type").text()
                        + " for what is new: none of its conditions waits for a day or a newer version");
    }

    private static boolean waits(InputValue condition) {
        return condition.isUnknown() || condition.number() > 0;
    }

    /** What a policy keeps, no other deletes. */
    private static Optional<String> deletingImages(Subject repository) {
        var policies = repository.at("cleanupPolicies").items();
        var keepsNewest = policies.stream()
                .anyMatch(policy -> policy.key("action").is("KEEP")
                        && policy.at("mostRecentVersions.keepCount").number() > 0
                        && policy.at("mostRecentVersions.packageNamePrefixes")
                                .items()
                                .isEmpty());
        if (keepsNewest || repository.at("cleanupPolicyDryRun").isTrue()) {
            return Optional.empty();
        }
        return policies.stream()
                .filter(policy -> policy.key("action").is("DELETE"))
                .flatMap(policy -> deleting(policy.key("condition"))
                        .map(what -> "cleanupPolicies: " + policy.key("id").described() + " deletes " + what)
                        .stream())
                .findFirst();
    }

    private static Optional<String> deleting(InputValue condition) {
        if (condition.isUnknown()) {
            return Optional.empty();
        }
        var state = condition.key("tagState").text();
        var selects = SELECTING.stream()
                .anyMatch(list -> condition.key(list).items().stream().anyMatch(prefix -> !prefix.is("")));
        if (!state.equalsIgnoreCase("UNTAGGED") && !selects) {
            return Optional.of("images with tags, of every package");
        }
        var age = condition.key("olderThan");
        return flawIf(
                !age.isUnknown() && seconds(age) < LEAST_SECONDS,
                "what is new: olderThan is " + age.described() + ", not " + LEAST_SECONDS + "s or more");
    }

    private static long seconds(InputValue duration) {
        var form = SECONDS.matcher(duration.text());
        return form.matches() ? Long.parseLong(form.group(1)) : 0;
    }

    private static Optional<String> ending(Subject secret) {
        return Stream.of("ttl", "expireTime")
                .filter(end -> secret.at(end).exists())
                .findFirst()
                .map(end -> end + " is " + secret.at(end).described() + ": Google deletes it then")
                .or(() -> flawIf(secret.at("enabled").is(false), "enabled is false: nobody can read it"));
    }
}
