package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.pods.PlannedPod;
import io.buildkitefleet.pods.security.Level;
import io.buildkitefleet.pods.security.PodSecurity;
import io.buildkitefleet.pods.security.Violation;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Borders;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What Kubernetes' own Pod Security says of every pod that a plan leads to. */
public final class PodRules {
    /** Which checks a builder of images breaks because it is one, by the name of its container. */
    private static final Map<String, Set<String>> BUILDERS = Map.of(
            DockerMode.DAEMON.container(), Set.of("privileged"),
            DockerMode.ROOTLESS.container(), Set.of("seccompProfile_baseline", "appArmorProfile"));

    private PodRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("pod-admitted", HIGH, "Pod Security admits every pod that the plan leads to")
                .why(
                        "a pod that its namespace refuses never starts, and up waits for it; one that no namespace refuses may"
                                + " take its node")
                .mend("set the field to what is allowed, in the workload itself or in pod-spec-patch of the release")
                .source(
                        "Pod Security Standards 1.36",
                        CIS + "4.2.1",
                        "CKV_K8S_16",
                        "CKV_K8S_17",
                        "CKV_K8S_18",
                        "CKV_K8S_19",
                        "CKV_K8S_20",
                        "CKV_K8S_23",
                        "CKV_K8S_25",
                        "CKV_K8S_26",
                        "CKV_K8S_27",
                        "CKV_K8S_28",
                        "CKV_K8S_31")
                .check(PodRules::admitted));
    }

    private static Outcome admitted(PlannedStack stack) {
        var pods = new ArrayList<PlannedPod>();
        var flaws = new ArrayList<Flaw>();
        for (var subject : stack.matching("pod", PlannedPod::mayComeOf)) {
            var border = border(stack, subject);
            for (var pod : PlannedPod.of(subject.resource())) {
                pods.add(pod);
                flaws(pod, border).forEach(flaw -> flaws.add(new Flaw(subject.resource(), flaw)));
            }
        }
        return pods.isEmpty() ? new Outcome.NotApplicable(stack.nothing()) : new Outcome.Looked(flaws);
    }

    private static Stream<String> flaws(PlannedPod pod, Border border) {
        return pod.malformed()
                .map(malformed -> Stream.of(words(pod) + " cannot be made: " + malformed))
                .orElseGet(() -> border.held().violations(pod.template()).stream()
                        .filter(violation -> !border.takesBuilders() || !isOfABuilder(pod, violation))
                        .map(violation -> told(pod, violation, border.words())));
    }

    private static String namespace(Subject subject) {
        var place =
                subject.resource().type().equals(KubernetesType.RELEASE.token()) ? "namespace" : "metadata.namespace";
        var namespace = subject.at(place).text();
        return namespace.isEmpty() ? "default" : namespace;
    }

    /**
     * What the pods of a namespace are held to.
     *
     * @param words who holds them to it
     * @param takesBuilders whether what builds images may be what it has to be
     */
    private record Border(PodSecurity held, String words, boolean takesBuilders) {}

    private static Border border(PlannedStack stack, Subject subject) {
        var namespace = namespace(subject);
        var enforced = Borders.enforcedIn(stack, namespace);
        if (enforced.isPresent() && enforced.get().level() != Level.PRIVILEGED) {
            return new Border(
                    enforced.get(),
                    "namespace " + namespace + " enforces " + enforced.get().level(),
                    false);
        }
        var held = PodSecurity.latest(Level.BASELINE);
        return enforced.isPresent()
                ? new Border(
                        held,
                        "all but the Docker builder keeps to baseline in namespace " + namespace,
                        mayBuild(stack, subject))
                : new Border(held, "the plan does not say what namespace " + namespace + " enforces: baseline", false);
    }

    /** Whether it is of a queue whose jobs build images, as far as the plan says which do. */
    private static boolean mayBuild(PlannedStack stack, Subject release) {
        var queue = new Release(release).queue();
        return stack.fleet().isEmpty()
                || stack.fleet().get().queues().stream()
                        .anyMatch(planned -> planned.name().equals(queue) && planned.buildsImages());
    }

    private static boolean isOfABuilder(PlannedPod pod, Violation violation) {
        return pod.origin() == PlannedPod.Origin.CONTROLLER
                && violation.path().startsWith("spec.initContainers[")
                && BUILDERS.getOrDefault(violation.container(), Set.of()).contains(violation.check());
    }

    private static String told(PlannedPod pod, Violation violation, String border) {
        var container = violation.container().isEmpty() ? "" : ", container " + violation.container();
        var path = pod.path().isEmpty() ? violation.path() : pod.path() + "." + violation.path();
        return words(pod) + container + ": " + path + " is " + violation.got() + "; " + border + ", where "
                + violation.control() + " allows " + violation.allowed();
    }

    private static String words(PlannedPod pod) {
        return switch (pod.origin()) {
            case PLAN -> "its pod";
            case CHART -> "the controller's pod";
            case CONTROLLER -> "a job's pod";
        };
    }
}
