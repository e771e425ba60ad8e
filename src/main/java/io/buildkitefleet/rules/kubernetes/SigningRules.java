package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.plan.PlannedQueue;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Borders;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What makes a signature of a step worth something: who has the key, and who asks for it. */
public final class SigningRules {
    /** What the fleet calls the Secret of the key, wherever it is. */
    private static final String SIGNING_KEY = "signing-key";

    private SigningRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named(
                                "signing-key",
                                HIGH,
                                "One queue has the key that signs steps, and runs nothing beside uploads")
                        .why("whoever reads the key can sign any step for every queue")
                        .mend(
                                "keep the key in the namespace of queue upload, with no-plugins, no-local-hooks and the hooks, "
                                        + "away from privileged queues")
                        .check(stack -> Check.each(SigningRules::holders, subject -> heldWrongly(stack, subject))
                                .of(stack)),
                Rule.named(
                                "signed-steps",
                                HIGH,
                                "A queue of signing.queues runs no step without a signature that holds")
                        .why("a step that nobody of yours wrote would run there")
                        .mend("set verification-failure-behavior: block, and the volume of the public keys")
                        .check(SigningRules::signedSteps));
    }

    /** The Secrets of a key, the releases whose jobs have it, and what is published of it. */
    private static List<Subject> holders(PlannedStack stack) {
        var signing = signing(stack);
        return Stream.of(
                        stack.ofType(KubernetesType.SECRET).stream()
                                .filter(secret -> secret.at("metadata.name").is(SIGNING_KEY)),
                        signing.stream().map(Release::subject),
                        signing.isEmpty()
                                ? Stream.<Subject>empty()
                                : stack.ofType(KubernetesType.CONFIG_MAP).stream()
                                        .filter(SigningRules::isKeySet))
                .flatMap(subjects -> subjects)
                .toList();
    }

    private static List<Release> signing(PlannedStack stack) {
        return Releases.of(stack).stream()
                .filter(release -> volume(release).exists())
                .toList();
    }

    private static InputValue volume(Release release) {
        return release.config().at("agent-config.signingJWKSVolume");
    }

    private static boolean isKeySet(Subject map) {
        return says(map, "\"kty\"");
    }

    private static boolean says(Subject map, String words) {
        var data = map.at("data");
        return data.keys().stream().anyMatch(name -> data.key(name).text().contains(words));
    }

    private static Optional<String> heldWrongly(PlannedStack stack, Subject subject) {
        if (subject.resource().type().equals(KubernetesType.SECRET.token())) {
            var namespace = subject.at("metadata.namespace").text();
            return flawIf(
                    signing(stack).stream()
                            .noneMatch(release -> release.namespace().equals(namespace)),
                    "is in " + namespace + ", where nothing signs");
        }
        if (subject.resource().type().equals(KubernetesType.CONFIG_MAP.token())) {
            return flawIf(says(subject, "\"d\""), "publishes a private key");
        }
        return givenAway(stack, new Release(subject));
    }

    private static Optional<String> givenAway(PlannedStack stack, Release release) {
        var others = signing(stack).stream()
                .filter(other -> !other.queue().equals(release.queue()))
                .findFirst();
        if (others.isPresent()) {
            return others.map(other -> "signs, as queue " + other.queue() + " does");
        }
        var agent = release.config().key("agent-config");
        var open = Stream.of("no-plugins", "no-local-hooks")
                .filter(flag -> !agent.key(flag).isFlag(true))
                .findFirst();
        if (open.isPresent()) {
            return open.map(flag -> flag + " is not true, so steps bring programs that run beside the key");
        }
        if (!agent.key("hooksVolume").exists()) {
            return Optional.of("has no hooks, which refuse whatever is no upload");
        }
        return otherContainers(release).or(() -> sharedNodes(stack, release));
    }

    /**
     * The agent and the command have the key by the controller; whatever else names its Secret is another container.
     */
    private static Optional<String> otherContainers(Release release) {
        var secret = volume(release).at("secret.secretName").text();
        var uses = release.config()
                .all()
                .filter(value -> value.at("secret.secretName").is(secret)
                        || value.at("secretRef.name").is(secret)
                        || value.at("secretKeyRef.name").is(secret))
                .count();
        return flawIf(uses > 1, "gives Secret " + secret + " to other containers");
    }

    private static Optional<String> sharedNodes(PlannedStack stack, Release release) {
        return Releases.of(stack).stream()
                .filter(other -> other.pool().equals(release.pool()))
                .filter(other -> Borders.ownsItsNodes(stack, other))
                .findFirst()
                .map(other -> other.queue().equals(release.queue())
                        ? "its jobs have a privileged container"
                        : "shares pool " + release.pool() + " with queue " + other.queue()
                                + ", whose jobs have a privileged container");
    }

    private static Outcome signedSteps(PlannedStack stack) {
        if (stack.fleet().isEmpty()) {
            return signing(stack).isEmpty()
                    ? new Outcome.NotApplicable(stack.nothing())
                    : new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN);
        }
        var required = required(stack);
        return Check.each(
                        unused -> Releases.of(stack).stream()
                                .filter(release -> required.contains(release.queue()))
                                .map(Release::subject)
                                .toList(),
                        subject -> unverified(new Release(subject)))
                .of(stack);
    }

    private static Set<String> required(PlannedStack stack) {
        return stack.fleet().stream()
                .flatMap(fleet -> fleet.queues().stream())
                .filter(PlannedQueue::requiresSignatures)
                .map(PlannedQueue::name)
                .collect(Collectors.toSet());
    }

    private static Optional<String> unverified(Release release) {
        var agent = release.config().key("agent-config");
        var behavior = agent.key("verification-failure-behavior");
        if (!behavior.is("block")) {
            return Optional.of("verification-failure-behavior is " + behavior.described());
        }
        return flawIf(!agent.key("verificationJWKSVolume").exists(), "its agents have no keys to verify with");
    }
}
