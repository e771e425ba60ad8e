package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.expect;
import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.plan.Subject.present;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.LOW;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What buckets, keys and whatever else holds state must be. */
public final class StorageRules {
    /** 90 days, in seconds: CIS Google Cloud Foundation Benchmark 1.10. */
    private static final long LONGEST_ROTATION = 90L * 24 * 60 * 60;

    private static final String DISK = "gcp:compute/disk:Disk";

    /** What cannot be had back once it is deleted, or takes its users with it. */
    private static final List<GoogleType> STATEFUL = List.of(
            GoogleType.CLUSTER,
            GoogleType.NETWORK,
            GoogleType.SUBNET,
            GoogleType.ADDRESS,
            GoogleType.BUCKET,
            GoogleType.KEY_RING,
            GoogleType.CRYPTO_KEY,
            GoogleType.CRYPTO_KEY_VERSION,
            GoogleType.SECRET,
            GoogleType.REPOSITORY);

    private StorageRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("bucket-uniform-access", HIGH, "IAM alone says who reaches a bucket")
                        .why("an access list of a single object opens it where nobody looks")
                        .mend("set uniformBucketLevelAccess: true")
                        .source("CKV_GCP_29")
                        .check(Check.each(GoogleType.BUCKET, expect("uniformBucketLevelAccess", true))),
                Rule.named("bucket-not-public", HIGH, "A bucket cannot be opened to the public")
                        .why("one careless grant publishes every artifact")
                        .mend("set publicAccessPrevention: enforced")
                        .source("CKV_GCP_114")
                        .check(Check.each(GoogleType.BUCKET, expect("publicAccessPrevention", "enforced"))),
                Rule.named("bucket-versions", LOW, "What is overwritten or deleted can be had back for a while")
                        .why("a job's mistake takes what other pipelines build on")
                        .mend("set versioning.enabled: true")
                        .source("CKV_GCP_78")
                        .check(Check.each(GoogleType.BUCKET, expect("versioning.enabled", true))),
                Rule.named("bucket-lifecycle", LOW, "Old objects go by themselves")
                        .why("a CI bucket grows without end, and so does its bill")
                        .mend("add a lifecycle rule that deletes by age")
                        .check(Check.each(GoogleType.BUCKET, StorageRules::endless)),
                Rule.named("bucket-access-log", LOW, "Who read what is kept")
                        .why("after a leak nobody can tell what was taken")
                        .mend("set logging.logBucket, or turn on data access audit logs in the project")
                        .source("CKV_GCP_62")
                        .check(Check.each(GoogleType.BUCKET, present("logging.logBucket"))),
                Rule.named("bucket-key", MEDIUM, "Buckets are encrypted with a key of ours")
                        .why("what is in them can then be made unreadable at once, wherever copies of it are")
                        .mend("set encryption.defaultKmsKeyName to a key where the bucket is")
                        .check(keyOf(GoogleType.BUCKET, "encryption.defaultKmsKeyName")),
                Rule.named("bucket-web", MEDIUM, "No web page is made of a bucket, or reads one")
                        .why("a page of anybody's could then read artifacts with the login of whoever looks at it")
                        .mend("leave out website, and cors of all origins")
                        .source("https://cloud.google.com/storage/docs/cross-origin")
                        .check(Check.each(GoogleType.BUCKET, StorageRules::web)),
                Rule.named("bucket-grants", HIGH, "Who shares a bucket writes below a prefix of its own")
                        .why("a job could change what another queue made, and what others then run")
                        .mend(
                                "grant objectViewer, or objectCreator or objectUser with a condition of one prefix that is nobody else's")
                        .check(stack -> Check.each(BucketGrants::all, grant -> BucketGrants.wide(stack, grant))
                                .of(stack)),
                Rule.named("key-rotation", MEDIUM, "Keys are made anew every 90 days")
                        .why("what one version of a key opens grows with the time that it is used")
                        .mend("set rotationPeriod to 7776000s or less")
                        .source("CKV_GCP_43")
                        .check(Check.each(GoogleType.CRYPTO_KEY, StorageRules::rotation)),
                Rule.named("secret-store-key", MEDIUM, "Secret Manager encrypts with a key of ours")
                        .why("a secret can then be made unreadable at once, wherever copies of it are")
                        .mend("set customerManagedEncryption on every replica")
                        .check(stack -> Check.each(GoogleType.SECRET, secret -> plainReplica(stack, secret))
                                .of(stack)),
                Rule.named("disk-key", MEDIUM, "Disks that pods mount are encrypted with a key of ours")
                        .why("what lies on them outlives the pod and the node")
                        .mend("set diskEncryptionKey, or disk-encryption-kms-key of the storage class")
                        .source(Rule.CIS + "5.9.1", "CKV_GCP_37")
                        .check(stack -> Check.each(
                                        unused -> stack.ofTypes(DISK, KubernetesType.STORAGE_CLASS.token()),
                                        subject -> withoutKey(stack, subject))
                                .of(stack)),
                Rule.named("image-store-key", MEDIUM, "Images are encrypted with a key of ours")
                        .why("what is built into them can then be made unreadable at once")
                        .mend("set kmsKeyName on the repository")
                        .source("CKV_GCP_84")
                        .check(keyOf(GoogleType.REPOSITORY, "kmsKeyName")),
                Rule.named("state-protected", MEDIUM, "What holds state cannot be deleted by a slip")
                        .why("a lost key, bucket or address does not come back")
                        .mend("set protect: true")
                        .source("CKV_GCP_82")
                        .check(Check.each(StorageRules::stateful, StorageRules::unprotected)));
    }

    private static Optional<String> endless(Subject bucket) {
        var deletes = bucket.at("lifecycleRules").items().stream()
                .anyMatch(rule -> rule.at("action.type").is("Delete")
                        && rule.at("condition.age").exists());
        return flawIf(!deletes, "no lifecycle rule deletes by age");
    }

    private static Optional<String> rotation(Subject key) {
        // Google rotates no key pair: who encrypts has the public half of one version.
        if (key.at("purpose").text().startsWith("ASYMMETRIC")) {
            return Optional.empty();
        }
        var period = key.at("rotationPeriod").text();
        var seconds = period.matches("\\d{1,12}s") ? Long.parseLong(period.substring(0, period.length() - 1)) : 0;
        return flawIf(
                seconds == 0 || seconds > LONGEST_ROTATION,
                "rotationPeriod is " + key.at("rotationPeriod").described());
    }

    private static Check keyOf(GoogleType type, String path) {
        return stack -> Check.each(type, subject -> OwnKeys.flaw(stack, path, subject.at(path)))
                .of(stack);
    }

    private static Optional<String> web(Subject bucket) {
        if (bucket.at("website").exists()) {
            return Optional.of("website is set");
        }
        return bucket.at("cors").items().stream()
                .flatMap(rule -> rule.key("origins").texts().stream())
                .filter(origin -> origin.contains("*"))
                .findFirst()
                .map(origin -> "cors has origin " + origin);
    }

    private static Optional<String> plainReplica(PlannedStack stack, Subject secret) {
        var key = "customerManagedEncryption.kmsKeyName";
        var replicas = secret.at("replication.userManaged.replicas").items();
        if (replicas.isEmpty()) {
            return OwnKeys.flaw(stack, "replication.auto." + key, secret.at("replication.auto." + key));
        }
        return replicas.stream()
                .flatMap(replica -> OwnKeys.flaw(stack, key + " of a replica", replica.at(key)).stream())
                .findFirst();
    }

    private static Optional<String> withoutKey(PlannedStack stack, Subject subject) {
        if (subject.resource().type().equals(DISK)) {
            var key = "diskEncryptionKey.kmsKeySelfLink";
            return OwnKeys.flaw(stack, key, subject.at(key));
        }
        // In a preview, what is told of a key that is yet to be made is not known, and nothing beside it.
        var parameters = subject.at("parameters");
        return parameters.isUnknown()
                ? Optional.empty()
                : OwnKeys.flaw(stack, "disk-encryption-kms-key", parameters.key("disk-encryption-kms-key"));
    }

    private static List<Subject> stateful(PlannedStack stack) {
        return stack.ofTypes(STATEFUL.stream().map(GoogleType::token).toArray(String[]::new));
    }

    private static Optional<String> unprotected(Subject subject) {
        var switches = Map.of("deletionProtection", "true", "forceDestroy", "false");
        if (!subject.resource().options().protect()) {
            return Optional.of("is not protected");
        }
        return switches.entrySet().stream()
                .filter(entry -> subject.at(entry.getKey()).exists()
                        && !subject.at(entry.getKey()).is(entry.getValue()))
                .map(entry ->
                        entry.getKey() + " is " + subject.at(entry.getKey()).described())
                .findFirst();
    }
}
