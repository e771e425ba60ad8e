package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Policy;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds the pods of a queue to the queue, whatever a step asks for. */
public final class AdmissionRules {
    private static final String PARAMETERS = "admission";

    private static final String SIGNING = "signingJWKSVolume";

    /**
     * What has to be judged in the namespace of a queue.
     *
     * @param policy that judges it; some judge only a part of an operation
     */
    private record Request(String policy, String operation, String resource) {}

    private static final List<Request> JUDGED = List.of(
            new Request("buildkite-queue-jobs", "CREATE", "jobs"),
            new Request("buildkite-queue-jobs", "CREATE", "pods"),
            new Request("buildkite-queue-controllers", "CREATE", "pods"),
            new Request("buildkite-queue-mirrors", "CREATE", "jobs"),
            new Request("buildkite-queue-mirrors", "CREATE", "pods"),
            new Request("buildkite-queue-changes", "UPDATE", "jobs"),
            new Request("buildkite-queue-changes", "UPDATE", "pods"),
            new Request("buildkite-queue-shells", "UPDATE", "pods/ephemeralcontainers"),
            new Request("buildkite-queue-shells", "CONNECT", "pods/exec"),
            new Request("buildkite-queue-shells", "CONNECT", "pods/attach"));

    private static final String WEBHOOKS = "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration";

    private AdmissionRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("queue-admission", HIGH, "The API server refuses what is no pod of the queue's own")
                        .why(
                                "whoever may ask for a pod could ask for any node, any Secret of the queue, and its agent token")
                        .mend("keep the fleet's ValidatingAdmissionPolicies and their bindings as they are")
                        .check(stack -> Check.each(NamespaceRules::ofQueues, queue -> unjudged(stack, queue))
                                .of(stack)),
                Rule.named(
                                "admission-mutation",
                                HIGH,
                                "Nothing changes what is asked for in namespaces that it does not name")
                        .why("what changes a pod on its way can make any pod of it, also of the system's")
                        .mend(
                                "give the binding matchResources.namespaceSelector; use a policy, whose text is in the plan, and no"
                                        + " webhook")
                        .check(Check.each(
                                stack -> stack.ofTypes(
                                        KubernetesType.MUTATING_ADMISSION_POLICY.token(),
                                        KubernetesType.MUTATING_ADMISSION_POLICY_BINDING.token(),
                                        WEBHOOKS),
                                AdmissionRules::changing)),
                Rule.named("queue-parameters", HIGH, "What a queue's pods may be is what its release makes of them")
                        .why(
                                "where they differ, the policy refuses every job of the queue, or admits what none of them needs")
                        .mend("make the ConfigMap admission and the release from the same queue")
                        .check(stack -> Check.eachRelease(release -> differs(stack, release))
                                .of(stack)));
    }

    private static Optional<String> unjudged(PlannedStack stack, Subject namespace) {
        if (!namespace.at("metadata.labels").key(Queue.LABEL).exists()) {
            return Optional.of("has no label " + Queue.LABEL + ", by which policies find it");
        }
        var policies = Policy.failingClosed(stack)
                .filter(policy ->
                        !policy.subject().at("spec.validations").items().isEmpty())
                .filter(policy -> isBound(stack, policy))
                .toList();
        return JUDGED.stream()
                .filter(request -> policies.stream()
                        .noneMatch(policy -> policy.name().equals(request.policy())
                                && policy.judges(request.operation(), request.resource())))
                .findFirst()
                .map(request -> "no policy " + request.policy() + " that fails closed judges " + request.operation()
                        + " of " + request.resource());
    }

    private static boolean isBound(PlannedStack stack, Policy policy) {
        var parameters = policy.subject().at("spec.paramKind").exists();
        return policy.refusals(stack).stream()
                .filter(binding -> !parameters
                        || binding.at("spec.paramRef.parameterNotFoundAction").is("Deny"))
                .anyMatch(AdmissionRules::isOfEveryQueue);
    }

    private static boolean isOfEveryQueue(Subject binding) {
        var resources = binding.at("spec.matchResources");
        var expressions = resources.at("namespaceSelector.matchExpressions").items();
        return resources.keys().equals(Set.of("namespaceSelector"))
                && resources.at("namespaceSelector").keys().equals(Set.of("matchExpressions"))
                && expressions.size() == 1
                && expressions.get(0).key("key").is(Queue.LABEL)
                && expressions.get(0).key("operator").is("Exists");
    }

    private static Optional<String> differs(PlannedStack stack, Release release) {
        var found = stack.ofType(KubernetesType.CONFIG_MAP).stream()
                .filter(map -> map.at("metadata.name").is(PARAMETERS))
                .filter(map -> map.at("metadata.namespace").is(release.namespace()))
                .findFirst();
        if (found.isEmpty()) {
            return Optional.of("its namespace has no ConfigMap " + PARAMETERS);
        }
        var data = found.get().at("data");
        return said(release).entrySet().stream()
                .filter(entry -> !data.key(entry.getKey()).text().equals(entry.getValue()))
                .findFirst()
                .map(entry -> "the ConfigMap " + PARAMETERS + " says " + entry.getKey() + ": "
                        + data.key(entry.getKey()).described() + ", the release " + entry.getValue())
                .or(() -> laxer(stack, release, data));
    }

    /** What bounds a pod where the release has something to bound: the policy admits what no parameter forbids. */
    private static Optional<String> laxer(PlannedStack stack, Release release, InputValue data) {
        var agent = release.config().key("agent-config");
        var runtime = release.pod().key("runtimeClassName");
        return flawIf(
                        agent.key(SIGNING).exists()
                                && !data.key("step.agentImageOnly").is("true"),
                        "lets a step bring its own image beside the key that signs")
                .or(() -> flawIf(
                        runtime.exists() && !data.key("runtimeClass").is(runtime.text()),
                        "does not hold pods to the runtime class " + runtime.text()))
                .or(() -> stray(lines(data, "volumes.private"), privateVolumes(release))
                        .map(volume -> "does not keep the volume " + volume + " from steps"))
                .or(() -> stray(tolerated(release), lines(data, "tolerations"))
                        .map(taint -> "tolerates " + taint + ", which the release does not"))
                .or(() -> flawIf(
                        data.key("builder.rights").is("privileged") && !hasPrivileged(release),
                        "admits a privileged container, and the release has none"))
                .or(() -> controller(release, data))
                .or(() -> registries(stack, release, data))
                .map(flaw -> "the ConfigMap " + PARAMETERS + " " + flaw);
    }

    private static Optional<String> stray(Set<String> known, Set<String> found) {
        return found.stream().filter(item -> !known.contains(item)).sorted().findFirst();
    }

    private static Set<String> lines(InputValue data, String key) {
        return data.key(key).text().lines().collect(Collectors.toSet());
    }

    /** Those with the keys of signatures in them; what other Secret a job mounts, other rules ask. */
    private static Set<String> privateVolumes(Release release) {
        return Stream.of(SIGNING, "verificationJWKSVolume")
                .map(release.config().key("agent-config")::key)
                .filter(InputValue::exists)
                .map(volume -> volume.key("name").text())
                .collect(Collectors.toSet());
    }

    private static Set<String> tolerated(Release release) {
        return release.pod().key("tolerations").items().stream()
                .map(toleration -> toleration.key("key").text() + "="
                        + toleration.key("value").text())
                .collect(Collectors.toSet());
    }

    private static boolean hasPrivileged(Release release) {
        return release.containers().stream()
                .anyMatch(
                        container -> container.at("securityContext.privileged").isTrue());
    }

    private static Optional<String> controller(Release release, InputValue data) {
        var account = "system:serviceaccount:" + release.namespace() + ":" + release.controllerAccount();
        var deployment = release.subject().at("name");
        return flawIf(
                        !data.key("controller").is(account),
                        "takes pods from " + data.key("controller").described() + ", and the controller is " + account)
                .or(() -> flawIf(
                        !data.key("controller.deployment").is(deployment.text()),
                        "takes " + data.key("controller.deployment").described() + " for the controller, which is "
                                + deployment.described()));
    }

    /** As the configuration says them; a plan of an older version does not. */
    private static Optional<String> registries(PlannedStack stack, Release release, InputValue data) {
        var meant = stack.fleet().map(FleetSummary::queues).orElse(List.of()).stream()
                .filter(queue -> ResourceNames.namespace(queue.name()).equals(release.namespace()))
                .flatMap(queue -> queue.imageRegistries().stream())
                .collect(Collectors.toSet());
        return flawIf(
                !meant.isEmpty() && !lines(data, "imageRegistries").equals(meant),
                "lets images come from elsewhere than imageRegistries of the queue");
    }

    /** What decides most about a pod, as the release says it. */
    private static Map<String, String> said(Release release) {
        var said = new LinkedHashMap<String, String>();
        said.put("pool", release.pool());
        said.put("podSpecs", release.podSpecs().isEmpty() ? "prohibited" : "allowed");
        said.put(
                "deadlineSeconds",
                release.config().key("job-active-deadline-seconds").text());
        said.put(
                "automountToken",
                release.pod().key("automountServiceAccountToken").text());
        return said;
    }

    private static Optional<String> changing(Subject subject) {
        var type = subject.resource().type();
        if (type.equals(WEBHOOKS)) {
            return Optional.of("lets a server change what the API server takes");
        }
        return flawIf(
                type.equals(KubernetesType.MUTATING_ADMISSION_POLICY_BINDING.token())
                        && subject.at("spec.matchResources.namespaceSelector")
                                .keys()
                                .isEmpty(),
                "changes what is asked for in every namespace");
    }
}
