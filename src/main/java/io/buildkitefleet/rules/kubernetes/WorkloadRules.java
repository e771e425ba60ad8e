package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.LOW;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Quantity;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.plan.Workload;
import io.buildkitefleet.rules.rights.RbacRules;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the fleet itself runs beside jobs, and the volumes of the cluster. */
public final class WorkloadRules {
    private static final List<String> NODE_DIRECTORIES =
            List.of(ResourceNames.NODE_DIRECTORIES, ResourceNames.NODE_PROGRAM_DIRECTORIES);

    private static final List<String> NODE_PATHS = List.of("spec.hostPath.path", "spec.local.path");

    private static final String CLAIMANT = "spec.claimRef.namespace";

    private WorkloadRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("workload-resources", MEDIUM, "What runs beside jobs says what it needs, and gets no more")
                        .why(
                                "without requests it is put where there is no room, without a limit of memory it takes that of"
                                        + " others")
                        .mend(
                                "set resources.requests of cpu and memory, and resources.limits.memory, on each container")
                        .source("CKV_K8S_10", "CKV_K8S_13", "KSV-0015")
                        .check(Check.each(WorkloadRules::sized, WorkloadRules::unbounded)),
                Rule.named("workload-root", LOW, "Nothing that runs beside jobs writes to its own image's files")
                        .why("who breaks in could change the program that starts next")
                        .mend("set securityContext.readOnlyRootFilesystem: true, and mount what has to be written")
                        .source("CKV_K8S_22", "KSV-0014")
                        .check(eachContainer(container -> Subject.flawIf(
                                !container
                                        .at("securityContext.readOnlyRootFilesystem")
                                        .isFlag(true),
                                "may write to its root: readOnlyRootFilesystem is "
                                        + container
                                                .at("securityContext.readOnlyRootFilesystem")
                                                .shown()))),
                Rule.named("workload-probes", LOW, "What serves says whether it can")
                        .why("requests go to a server that has not started, and one that hangs is never started anew")
                        .mend("set readinessProbe and livenessProbe")
                        .source("CKV_K8S_8")
                        .check(Check.each(Workload::subjects, WorkloadRules::unprobed)),
                Rule.named(
                                "workload-account",
                                MEDIUM,
                                "What runs beside jobs has an account of its own, and no token unasked")
                        .why(
                                "an account that others have too has the rights of all of them; the pod's own setting wins over its"
                                        + " account's")
                        .mend(
                                "set serviceAccountName to an account of its own, and leave automountServiceAccountToken false")
                        .source("CKV_K8S_38")
                        .check(stack -> Check.each(Workload::subjects, workload -> account(stack, workload))
                                .of(stack)),
                Rule.named("workload-selector", MEDIUM, "A workload selects the pods that it makes")
                        .why("the API server refuses one that does not, in the middle of an up")
                        .mend("use the same labels in spec.selector.matchLabels and in the template")
                        .check(Check.each(Workload::subjects, WorkloadRules::selector)),
                Rule.named("volume-host-path", HIGH, "A volume of a node's own disk lies below the fleet's directory")
                        .why("a pod that mounts another directory of the node reads or writes what the node is made of")
                        .mend("put it below " + String.join(" or ", NODE_DIRECTORIES)
                                + ", where no other namespace has its own")
                        .check(stack -> Check.each(KubernetesType.PERSISTENT_VOLUME, volume -> hostPath(volume)
                                        .or(() -> shared(stack, volume)))
                                .of(stack)),
                Rule.named("volume-outside", HIGH, "What a pod mounts is in the cluster, or made by it")
                        .why(
                                "a server or a disk that somebody named is read and written by whoever has it, by no grant and past no"
                                        + " network policy: the node mounts it")
                        .mend("claim the volume from a StorageClass of the plan")
                        .check(Check.each(OutsideVolumes::subjects, OutsideVolumes::flaw)),
                Rule.named("service-internal", MEDIUM, "A Service is reached from inside the cluster alone")
                        .why(
                                "a port on every node, or an address from outside, goes around the network policies of namespaces")
                        .mend("set type: ClusterIP, and leave out externalIPs and externalName")
                        .check(Check.each(KubernetesType.SERVICE, WorkloadRules::outside)));
    }

    /** Workloads, and the controllers that releases bring. */
    private static List<Subject> sized(PlannedStack stack) {
        var all = new ArrayList<>(Workload.subjects(stack));
        all.addAll(Releases.subjects(stack));
        return all;
    }

    private static Optional<String> unbounded(Subject subject) {
        if (subject.resource().type().equals(KubernetesType.RELEASE.token())) {
            return unbounded(subject.at("values.resources")).map(flaw -> "its controller " + flaw);
        }
        return Workload.of(subject)
                .allContainers()
                .flatMap(container ->
                        unbounded(container.key("resources")).map(flaw -> name(container) + " " + flaw).stream())
                .findFirst();
    }

    private static Optional<String> unbounded(InputValue resources) {
        return Quantity.flaws(resources).findFirst();
    }

    private static Check eachContainer(Function<InputValue, Optional<String>> flaw) {
        return Check.each(Workload::subjects, subject -> Workload.of(subject)
                .allContainers()
                .flatMap(container -> flaw.apply(container).map(text -> name(container) + " " + text).stream())
                .findFirst());
    }

    private static Optional<String> unprobed(Subject subject) {
        var workload = Workload.of(subject);
        if (!workload.isServing()) {
            return Optional.empty();
        }
        return workload.containers().stream()
                .filter(container -> !container.key("ports").items().isEmpty())
                .flatMap(container -> Stream.of("readinessProbe", "livenessProbe")
                        .filter(probe -> !container.key(probe).exists())
                        .map(probe -> name(container) + " has no " + probe))
                .findFirst();
    }

    private static Optional<String> account(PlannedStack stack, Subject subject) {
        var pod = Workload.of(subject).pod();
        var name = pod.key("serviceAccountName");
        if (!name.exists() || name.is("default")) {
            return Optional.of("runs as the default account of its namespace");
        }
        return Subject.flawIf(
                pod.key("automountServiceAccountToken").isTrue() && !isBound(stack, name.text()),
                "asks for the token of an account that may do nothing");
    }

    /** Who has rights in the cluster is meant to talk to it. */
    private static boolean isBound(PlannedStack stack, String account) {
        return RbacRules.bindings(stack).stream()
                .flatMap(RbacRules::subjects)
                .anyMatch(bound -> bound.at("kind").is("ServiceAccount")
                        && bound.at("name").is(account));
    }

    private static Optional<String> selector(Subject subject) {
        var labels = Workload.of(subject).template().at("metadata.labels");
        var selector = subject.at("spec.selector");
        var wanted = selector.key("matchLabels");
        selector.need();
        if (Workload.of(subject).isServing() && !selector.isUnknown() && isNothing(selector)) {
            return Optional.of("selects no pods: spec.selector is " + selector.described());
        }
        return wanted.keys().stream()
                .filter(label -> !labels.key(label).is(wanted.key(label).text()))
                .findFirst()
                .map(label -> "selects " + label + "=" + wanted.key(label).text() + ", which its pods are not")
                .or(() -> selector.key("matchExpressions").items().stream()
                        .filter(expression -> !matches(expression, labels))
                        .findFirst()
                        .map(expression -> "selects by "
                                + expression.key("key").described() + " "
                                + expression.key("operator").described() + ", which its pods do not meet"));
    }

    private static boolean isNothing(InputValue selector) {
        return selector.key("matchLabels").keys().isEmpty()
                && selector.key("matchExpressions").items().isEmpty();
    }

    private static boolean matches(InputValue expression, InputValue labels) {
        var label = labels.key(expression.key("key").text());
        var values = expression.key("values").texts();
        return switch (expression.key("operator").text()) {
            case "In" -> label.exists() && values.contains(label.text());
            case "NotIn" -> !label.exists() || !values.contains(label.text());
            case "Exists" -> label.exists();
            case "DoesNotExist" -> !label.exists();
            default -> false;
        };
    }

    private static Optional<String> hostPath(Subject volume) {
        return NODE_PATHS.stream()
                .map(volume::at)
                .filter(InputValue::exists)
                .filter(path -> NODE_DIRECTORIES.stream().noneMatch(path.text()::startsWith)
                        || path.text().contains(".."))
                .findFirst()
                .map(path -> "is " + path.described() + " of the node");
    }

    /** What one namespace leaves there, another would run. */
    private static Optional<String> shared(PlannedStack stack, Subject volume) {
        return nodePath(volume).flatMap(path -> stack.ofType(KubernetesType.PERSISTENT_VOLUME).stream()
                .filter(other ->
                        !other.at(CLAIMANT).text().equals(volume.at(CLAIMANT).text()))
                .filter(other -> nodePath(other)
                        .filter(another -> another.startsWith(path) || path.startsWith(another))
                        .isPresent())
                .findFirst()
                .map(other -> "is " + path + " of the node, where namespace "
                        + other.at(CLAIMANT).described() + " has "
                        + other.resource().name()));
    }

    private static Optional<Path> nodePath(Subject volume) {
        return NODE_PATHS.stream()
                .map(volume::at)
                .filter(InputValue::exists)
                .map(path -> Path.of(path.text()).normalize())
                .findFirst();
    }

    private static Optional<String> outside(Subject service) {
        if (service.at("spec.type").is("NodePort")) {
            return Optional.of("is a port of every node");
        }
        if (service.at("spec.type").is("ExternalName")) {
            return Optional.of("leads to " + service.at("spec.externalName").described());
        }
        return Subject.flawIf(
                !service.at("spec.externalIPs").items().isEmpty(), "takes what is sent to addresses from outside");
    }

    private static String name(InputValue container) {
        return container.key("name").described();
    }
}
