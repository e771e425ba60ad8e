package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.cloud.ServiceLocations;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether keys can be used by whom they are for, where they are needed, and for how long a lost one can be had back.
 */
public final class KeyRules {
    /** Google's own, 30 days: https://cloud.google.com/kms/docs/destroy-restore */
    private static final long DEFAULT_WAIT = 30L * 24 * 60 * 60;

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,12})(?:\\.\\d+)?s");

    /** What a key must be for, so that a role on it is of use; nothing said is for encryption. */
    private static final Map<String, Set<String>> PURPOSES = Map.of(
            ProvisionRules.ENCRYPTER,
            Set.of("", "ENCRYPT_DECRYPT"),
            "roles/cloudkms.cryptoKeyDecrypter",
            Set.of("", "ENCRYPT_DECRYPT", "ASYMMETRIC_DECRYPT"));

    /** Which input says where it is, of what is encrypted with a key, and which the key. */
    private record Encrypted(String location, String key) {}

    private static final Map<String, Encrypted> ENCRYPTED = Map.of(
            GoogleType.BUCKET.token(), new Encrypted("location", "encryption"),
            GoogleType.CLUSTER.token(), new Encrypted("location", "databaseEncryption"),
            GoogleType.NODE_POOL.token(), new Encrypted("location", "nodeConfig"),
            GoogleType.REPOSITORY.token(), new Encrypted("location", "kmsKeyName"),
            GoogleType.SECRET.token(), new Encrypted("replication.userManaged.replicas", "replication"));

    private KeyRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("key-works", HIGH, "Each key does what it is for, and its versions are enabled")
                        .why("nothing can be made with it, or what it encrypted is unreadable until somebody notices")
                        .mend(
                                "leave out skipInitialVersionCreation, importOnly and state, and take the purpose that its users need")
                        .source("https://cloud.google.com/kms/docs/algorithms")
                        .check(stack -> Check.each(
                                        found -> found.ofTypes(
                                                GoogleType.CRYPTO_KEY.token(), GoogleType.CRYPTO_KEY_VERSION.token()),
                                        key -> idle(stack, key))
                                .of(stack)),
                Rule.named("key-destruction", MEDIUM, "A destroyed key can be had back for 30 days")
                        .why("with it goes all that it encrypted: buckets, disks, secrets, images")
                        .mend("leave out destroyScheduledDuration, or set 2592000s or more")
                        .source("https://cloud.google.com/kms/docs/destroy-restore")
                        .check(Check.each(GoogleType.CRYPTO_KEY, KeyRules::soonGone)),
                Rule.named("key-ring", HIGH, "Each key is in a key ring of the plan, where what it encrypts is")
                        .why("who owns another ring turns the key off, and Google takes no key from another location")
                        .mend("leave keyRing and the location of key rings to the program")
                        .source("https://cloud.google.com/kms/docs/locations")
                        .check(stack -> Check.each(KeyRules::placed, subject -> misplaced(stack, subject))
                                .of(stack)));
    }

    private static Optional<String> idle(PlannedStack stack, Subject key) {
        if (key.resource().type().equals(GoogleType.CRYPTO_KEY_VERSION.token())) {
            var state = key.at("state");
            return flawIf(state.exists() && !state.is("ENABLED"), "state is " + state.described());
        }
        return List.of("skipInitialVersionCreation", "importOnly").stream()
                .filter(input -> key.at(input).isTrue())
                .findFirst()
                .map(input -> input + " is true: it has no version")
                .or(() -> otherPurpose(stack, key));
    }

    private static Optional<String> otherPurpose(PlannedStack stack, Subject key) {
        var purpose = key.at("purpose");
        return Grants.on(stack, "grant on a key", "kms/cryptoKeyI").stream()
                .filter(grant -> ProvisionRules.isOf(grant, "cryptoKeyId", key, key.at("name")) && !isOfUnknown(grant))
                .flatMap(Grants::given)
                .map(Grants.Given::role)
                .filter(role ->
                        !PURPOSES.getOrDefault(role, Set.of(purpose.text())).contains(purpose.text()))
                .findFirst()
                .map(role -> "purpose is " + purpose.described() + ", and somebody has " + role + " on it");
    }

    /** In Pulumi's own plan it may be of any key. */
    private static boolean isOfUnknown(Subject grant) {
        return grant.at("cryptoKeyId").isUnknown()
                && origins(grant, "cryptoKeyId").isEmpty();
    }

    private static Optional<String> soonGone(Subject key) {
        var wait = key.at("destroyScheduledDuration");
        var form = SECONDS.matcher(wait.text());
        return flawIf(
                wait.exists()
                        && !wait.isUnknown()
                        && !(form.matches() && Long.parseLong(form.group(1)) >= DEFAULT_WAIT),
                "destroyScheduledDuration is " + wait.described() + ", less than " + DEFAULT_WAIT + "s");
    }

    private static List<Subject> placed(PlannedStack stack) {
        return stack.matching(
                "key, or what is encrypted",
                type -> type.equals(GoogleType.CRYPTO_KEY.token()) || ENCRYPTED.containsKey(type));
    }

    private static Optional<String> misplaced(PlannedStack stack, Subject subject) {
        return subject.resource().type().equals(GoogleType.CRYPTO_KEY.token())
                ? otherRing(stack, subject).or(() -> outside(subject))
                : otherLocation(stack, subject, ENCRYPTED.get(subject.resource().type()));
    }

    private static Optional<String> otherRing(PlannedStack stack, Subject key) {
        return flawIf(
                stack.ofType(GoogleType.KEY_RING).stream()
                        .noneMatch(ring -> ProvisionRules.isOf(key, "keyRing", ring, ring.at("name"))),
                "keyRing is " + key.at("keyRing").described() + ", which is no key ring of the plan");
    }

    /** What Google itself does not keep, its owner turns off: https://cloud.google.com/kms/docs/ekm */
    private static Optional<String> outside(Subject key) {
        var backend = key.at("cryptoKeyBackend");
        var level = key.at("versionTemplate.protectionLevel");
        return flawIf(backend.exists(), "cryptoKeyBackend is " + backend.described())
                .or(() -> flawIf(
                        level.text().startsWith("EXTERNAL"),
                        "versionTemplate.protectionLevel is " + level.described()
                                + ": it is kept outside Google Cloud"));
    }

    /** Of a key that is yet to be made, the plan says from which ring its name follows. */
    private static Optional<String> otherLocation(PlannedStack stack, Subject subject, Encrypted encrypted) {
        var places = places(subject.at(encrypted.location()));
        var isBucket = subject.resource().type().equals(GoogleType.BUCKET.token());
        return origins(subject, encrypted.key()).stream()
                .flatMap(urn -> of(stack, GoogleType.CRYPTO_KEY_MEMBER, urn).stream())
                .flatMap(grant -> origins(grant, "cryptoKeyId").stream())
                .flatMap(urn -> of(stack, GoogleType.CRYPTO_KEY, urn).stream())
                .flatMap(key -> origins(key, "keyRing").stream())
                .flatMap(urn -> of(stack, GoogleType.KEY_RING, urn).stream())
                .map(ring -> ring.at("location"))
                .filter(location -> !location.isUnknown() && !places.isEmpty())
                .filter(location -> places.stream()
                        .map(place -> isBucket ? ServiceLocations.ofBucketKey(place) : place)
                        .noneMatch(place -> isAt(place, location.text())))
                .findFirst()
                .map(location -> "is in " + String.join(", ", places) + ", and its key in " + location.described());
    }

    /** A place itself, or that of each of its replicas. */
    private static List<String> places(InputValue place) {
        return place.isUnknown() || !place.exists()
                ? List.of()
                : place.items().isEmpty()
                        ? List.of(place.text())
                        : place.items().stream()
                                .map(replica -> replica.key("location").text())
                                .toList();
    }

    /** A zone is in its region. */
    private static boolean isAt(String place, String location) {
        var lower = place.toLowerCase(Locale.ROOT);
        return lower.equals(location.toLowerCase(Locale.ROOT)) || lower.startsWith(location + "-");
    }

    private static List<String> origins(Subject subject, String input) {
        return subject.resource().propertyDependencies().getOrDefault(input, List.of());
    }

    private static Optional<Subject> of(PlannedStack stack, GoogleType type, String urn) {
        return stack.ofType(type).stream()
                .filter(subject -> subject.resource().urn().equals(urn))
                .findFirst();
    }
}
