package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.fleet.images.Images;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a queue's controller is told, and how its release is made. */
public final class ControllerRules {
    /** Of a release; the two last are what Pulumi's provider finds out. */
    private static final Set<String> INPUTS = Set.of(
            "atomic",
            "chart",
            "compat",
            "name",
            "namespace",
            "timeout",
            "values",
            "version",
            "checksum",
            "resourceNames");

    /** Seconds: fewer than a first node takes, and nobody waits for more. */
    private static final long SHORTEST = 300;

    private static final long LONGEST = 3600;

    /**
     * What the fleet tells a controller. Others log what is secret, let a job's pod be changed, or run another program.
     *
     * @see <a href="https://github.com/buildkite/agent-stack-k8s/blob/v0.47.0/internal/controller/config/config.go">all
     *     of them</a>
     */
    private static final Set<String> OPTIONS = Set.of(
            "additional-redacted-vars",
            "agent-config",
            "default-checkout-params",
            "default-command-params",
            "default-metadata",
            "default-resource-class-name",
            "default-termination-grace-period-seconds",
            "image",
            "job-active-deadline-seconds",
            "job-ttl",
            "log-format",
            "max-in-flight",
            "pod-pending-timeout",
            "pod-spec-patch",
            "prohibit-kubernetes-plugin",
            "queue",
            "reservation-expiry-seconds",
            "resource-classes",
            "tags",
            "workspace-volume");

    private static final Set<String> AGENT_OPTIONS = Set.of(
            "hooks-path",
            "hooksVolume",
            "no-command-eval",
            "no-local-hooks",
            "no-plugins",
            "no-pty",
            "signing-jwks-file",
            "signing-jwks-key-id",
            "signingJWKSVolume",
            "verification-failure-behavior",
            "verification-jwks-file",
            "verificationJWKSVolume");

    /** Of these, other rules speak: agent-endpoint and agent-hooks. */
    private static final Pattern ELSEWHERE = Pattern.compile(".*endpoint|additional-hooks(-paths)?");

    /** How the controller writes a time, in minutes. */
    private static final Pattern MINUTES = Pattern.compile("(\\d{1,4})m");

    /** The most minutes that a pod may wait for a node, or be kept when it is done. */
    private static final int MOST_MINUTES = 60;

    private static final List<String> FLAGS = List.of("cloneFlags", "fetchFlags", "checkoutFlags", "cleanFlags");

    /**
     * By these, git takes a setting for one command, runs another program, or copies hooks: https://git-scm.com/docs
     */
    private static final Pattern SETTING =
            Pattern.compile("-[A-Za-z]*[cu].*|--(conf|upl|temp|exec)[a-z-]*(=.*)?", Pattern.DOTALL);

    private ControllerRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("controller-release", HIGH, "A controller is of the version that the fleet was tried with")
                        .why(
                                "another chart makes other pods than the policies admit; a release that is forced or only half checked"
                                        + " leaves a queue without a controller")
                        .mend("leave version to the program, atomic true, and set nothing that it does not")
                        .check(Check.eachRelease(ControllerRules::otherRelease)),
                Rule.named(
                                "controller-options",
                                MEDIUM,
                                "A controller and its agents are told what the fleet tells them")
                        .why("other options log what is secret, run other programs, or lose jobs that wait for a node")
                        .mend("take the option away")
                        .check(Check.eachRelease(ControllerRules::otherOption)),
                Rule.named("checkout-verified", HIGH, "A checkout believes no server that it cannot know")
                        .why("whoever answers in its place says what code the jobs run")
                        .mend("take settings of git out of the checkout's flags")
                        .check(Check.eachRelease(ControllerRules::believes)));
    }

    private static Optional<String> otherRelease(Release release) {
        var subject = release.subject();
        var timeout = subject.at("timeout");
        return Subject.flawIf(
                        !subject.at("version").is(chartVersion()),
                        "its chart is of version " + subject.at("version").described() + ", and the fleet's is "
                                + chartVersion())
                .or(() -> Subject.flawIf(!subject.at("atomic").isTrue(), "atomic is not true"))
                .or(() -> Subject.flawIf(
                        timeout.number() < SHORTEST || timeout.number() > LONGEST,
                        "its timeout is " + timeout.described() + ", not " + SHORTEST + " to " + LONGEST + " seconds"))
                .or(() -> subject.value().keys().stream()
                        .filter(input -> !INPUTS.contains(input) && !input.startsWith("__"))
                        .filter(input -> isSet(subject.value().key(input)))
                        .sorted()
                        .findFirst()
                        .map(input -> input + " is set"));
    }

    private static String chartVersion() {
        return Images.publishedChart().tag().orElse("");
    }

    /** Not what the provider writes for what nobody has said. */
    private static boolean isSet(InputValue value) {
        return value.exists() && !value.isFlag(false) && !value.is(0) && !value.is("") && !value.isEmpty();
    }

    private static Optional<String> otherOption(Release release) {
        var config = release.config();
        return unknown(config, OPTIONS)
                .or(() -> unknown(config.key("agent-config"), AGENT_OPTIONS))
                .or(() -> Stream.of("job-ttl", "pod-pending-timeout")
                        .filter(option -> !isMinutes(config.key(option)))
                        .findFirst()
                        .map(option -> option + " is " + config.key(option).described() + ", not 1m to " + MOST_MINUTES
                                + "m"));
    }

    private static Optional<String> unknown(InputValue options, Set<String> known) {
        return options.keys().stream()
                .filter(option ->
                        !known.contains(option) && !ELSEWHERE.matcher(option).matches())
                .sorted()
                .findFirst()
                .map(option -> option + " is set, which the fleet leaves alone");
    }

    private static boolean isMinutes(InputValue value) {
        var minutes = MINUTES.matcher(value.text());
        return minutes.matches()
                && Integer.parseInt(minutes.group(1)) >= 1
                && Integer.parseInt(minutes.group(1)) <= MOST_MINUTES;
    }

    private static Optional<String> believes(Release release) {
        var checkout = release.config().key("default-checkout-params");
        var texts = Stream.concat(
                FLAGS.stream().map(flag -> Map.entry(flag, checkout.key(flag))),
                Stream.of(Map.entry("gitMirrors.cloneFlags", checkout.at("gitMirrors.cloneFlags"))));
        return texts.filter(entry ->
                        Stream.of(entry.getValue().text().split("\\s+")).anyMatch(SETTING.asMatchPredicate()))
                .findFirst()
                .map(entry -> entry.getKey() + " changes settings of git, or what it runs: "
                        + entry.getValue().described())
                .or(() -> Subject.flawIf(
                        isSet(checkout.key("submoduleCloneConfig")),
                        "submoduleCloneConfig changes settings of git for submodules"))
                .or(() -> Subject.flawIf(checkout.key("skip").isTrue(), "skip leaves out the checkout itself"));
    }
}
