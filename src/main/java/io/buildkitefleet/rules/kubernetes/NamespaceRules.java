package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.LOW;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.pods.security.Level;
import io.buildkitefleet.pods.security.PodSecurity;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Borders;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Quantity;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What namespaces must have, and what may stand in them. */
public final class NamespaceRules {
    /**
     * Whom GKE's load balancers serve: https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer
     */
    private static final List<String> LOAD_BALANCER_TYPES =
            List.of("networking.gke.io/load-balancer-type", "cloud.google.com/load-balancer-type");

    private static final String INTERNAL_CLASS = "networking.gke.io/l4-regional-internal";

    /**
     * What a quota bounds, each with the names that mean it:
     * https://kubernetes.io/docs/concepts/policy/resource-quotas/#compute-resource-quota
     */
    private static final List<List<String>> BOUNDS = List.of(
            List.of("pods", "count/pods"), List.of("requests.cpu", "cpu"), List.of("requests.memory", "memory"));

    /** A controller, the one that takes over from it, and what fills the disk of git mirrors. */
    private static final long PODS_BESIDE_JOBS = 3;

    private NamespaceRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("namespace-pod-security", MEDIUM, "No namespace admits pods that own their node")
                        .why("a privileged container is root on its node, with all that other jobs have there")
                        .mend(
                                "set the label pod-security.kubernetes.io/enforce to baseline; docker and debuggers go then, which need more")
                        .source(CIS + "4.2.1", CIS + "4.6.3")
                        .check(Check.each(NamespaceRules::ofTrusted, NamespaceRules::level)),
                Rule.named("pod-security-version", MEDIUM, "Pod Security has every control of its level")
                        .why(
                                "an older version lacks what was found since: pods get through that its level means to refuse")
                        .mend("leave out the label pod-security.kubernetes.io/enforce-version, which is latest then")
                        .source(CIS + "4.2.1", "Pod Security Standards 1.36")
                        .check(Check.each(KubernetesType.NAMESPACE, NamespaceRules::outdated)),
                Rule.named("namespace-network", HIGH, "A network policy closes every namespace")
                        .why("pods that no policy names can be reached by every other pod, and reach everything")
                        .mend("add a NetworkPolicy with an empty podSelector, and policyTypes Ingress and Egress")
                        .source(CIS + "4.3.2")
                        .check(stack -> Check.each(
                                        KubernetesType.NAMESPACE,
                                        namespace -> NetworkPolicy.missingIn(stack, name(namespace)))
                                .of(stack)),
                Rule.named("namespace-quota", MEDIUM, "A quota bounds what a queue may ask for")
                        .why("a pipeline could ask for pods without end")
                        .mend(
                                "add a ResourceQuota of pods, no more than jobs and controllers, requests.cpu and requests.memory, and a"
                                        + " LimitRange with defaults")
                        .check(stack -> Check.each(
                                        NamespaceRules::ofQueues, namespace -> unbounded(stack, name(namespace)))
                                .of(stack)),
                Rule.named("namespace-own", MEDIUM, "Nothing stands in the default namespace")
                        .why("what has no namespace of its own has no border")
                        .mend("set metadata.namespace")
                        .source(CIS + "4.6.1", CIS + "4.6.4")
                        .check(Check.each(NamespaceRules::namespaced, NamespaceRules::homeless)),
                Rule.named("account-token", MEDIUM, "A service account's token is mounted where it is asked for")
                        .why("a job that never talks to Kubernetes would hold a key to it")
                        .mend("set automountServiceAccountToken: false")
                        .source(CIS + "4.1.5")
                        .check(Check.each(KubernetesType.SERVICE_ACCOUNT, NamespaceRules::mountsToken)),
                Rule.named("ingress-certificate", HIGH, "What the internet reaches has a certificate that Google keeps")
                        .why("a fleet has no service to offer; an open one is a mistake or a way in")
                        .mend("drop the LoadBalancer, or put an Ingress with a managed certificate before it")
                        .source(CIS + "5.6.7")
                        .check(Check.each(
                                stack -> stack.ofTypes(
                                        KubernetesType.SERVICE.token(), "kubernetes:networking.k8s.io/v1:Ingress"),
                                NamespaceRules::open)),
                Rule.named("node-audit-log", LOW, "Nodes log what the kernel's auditd sees")
                        .why("what a process did on a node is not in the logs of containers")
                        .mend("add Google's DaemonSet cos-auditd-logging")
                        .source(CIS + "5.7.2")
                        .check(NamespaceRules::auditLog));
    }

    private static String name(Subject namespace) {
        return namespace.at("metadata.name").text();
    }

    /** Of those of untrusted jobs, {@code untrusted-docker} speaks. */
    private static List<Subject> ofTrusted(PlannedStack stack) {
        var untrusted = UntrustedRules.untrusted(stack).map(Release::namespace).collect(Collectors.toSet());
        return stack.ofType(KubernetesType.NAMESPACE).stream()
                .filter(namespace -> !untrusted.contains(name(namespace)))
                .toList();
    }

    private static Optional<String> level(Subject namespace) {
        var labels = namespace.at("metadata.labels");
        var level = labels.key(PodSecurity.LEVEL).described();
        var enforced = Borders.enforcedBy(namespace);
        if (enforced.isEmpty()) {
            return Optional.of("enforces " + level + " in version "
                    + labels.key(PodSecurity.VERSION).described() + ", which Pod Security does not know");
        }
        return flawIf(enforced.get().level() == Level.PRIVILEGED, "enforces " + level);
    }

    private static Optional<String> outdated(Subject namespace) {
        return Borders.enforcedBy(namespace)
                .filter(enforced -> !enforced.lacking().isEmpty())
                .map(enforced -> "enforces " + enforced.level() + " in version "
                        + namespace
                                .at("metadata.labels")
                                .key(PodSecurity.VERSION)
                                .text() + ", which lacks "
                        + String.join(", ", enforced.lacking()));
    }

    static List<Subject> ofQueues(PlannedStack stack) {
        var own = Releases.namespaces(stack);
        return stack.ofType(KubernetesType.NAMESPACE).stream()
                .filter(namespace -> own.contains(name(namespace)))
                .toList();
    }

    /** What a quota counts, each container has to say: the API server refuses those that do not. */
    private static Optional<String> unbounded(PlannedStack stack, String namespace) {
        var defaults = stack.ofType(KubernetesType.LIMIT_RANGE).stream()
                .filter(range -> range.at("metadata.namespace").is(namespace))
                .flatMap(range -> range.at("spec.limits").items().stream())
                .anyMatch(limit -> limit.at("type").is("Container")
                        && (limit.at("defaultRequest").exists()
                                || limit.at("default").exists()));
        if (!isBounded(stack, namespace)) {
            return Optional.of("no ResourceQuota bounds pods, requests.cpu and requests.memory");
        }
        return boundless(stack, namespace)
                .or(() -> flawIf(
                        !defaults,
                        "no LimitRange gives requests to containers that say none, so its quota refuses them"));
    }

    /** A bound that the queue cannot reach by itself is for pods that somebody else makes. */
    private static Optional<String> boundless(PlannedStack stack, String namespace) {
        var most = Releases.of(stack).stream()
                .filter(release -> release.namespace().equals(namespace) && release.maxInFlight() > 0)
                .mapToLong(release -> release.maxInFlight() + PODS_BESIDE_JOBS)
                .sum();
        var allowed = stack.ofType(KubernetesType.RESOURCE_QUOTA).stream()
                .filter(quota -> quota.at("metadata.namespace").is(namespace))
                .flatMap(quota ->
                        BOUNDS.get(0).stream().map(name -> quota.at("spec.hard").key(name)))
                .flatMap(pods -> Quantity.of(pods).stream())
                .map(Quantity::amount)
                .min(Comparator.naturalOrder());
        return allowed.filter(pods -> most > 0 && pods.compareTo(BigDecimal.valueOf(most)) > 0)
                .map(pods ->
                        "its quota allows " + pods.toPlainString() + " pods, and its queue has " + most + " at most");
    }

    private static boolean isBounded(PlannedStack stack, String namespace) {
        return stack.ofType(KubernetesType.RESOURCE_QUOTA).stream()
                .filter(quota -> quota.at("metadata.namespace").is(namespace))
                .map(quota -> quota.at("spec.hard"))
                .anyMatch(hard -> BOUNDS.stream()
                        .allMatch(names -> names.stream().map(hard::key).anyMatch(Quantity::isAmount)));
    }

    private static Optional<String> mountsToken(Subject account) {
        var mounts = account.at("automountServiceAccountToken");
        return flawIf(!mounts.isFlag(false), "automountServiceAccountToken is " + mounts.shown() + ", not false");
    }

    /** Those that have to be in a namespace, and those that say so themselves. */
    private static List<Subject> namespaced(PlannedStack stack) {
        return stack.ofProvider("kubernetes").stream()
                .filter(subject -> KindScope.isNamespaced(subject)
                        || KindScope.namespaces(subject).anyMatch(InputValue::exists))
                .toList();
    }

    private static Optional<String> homeless(Subject subject) {
        return KindScope.namespaces(subject)
                .filter(namespace -> !namespace.exists() || namespace.is("default"))
                .findFirst()
                .map(namespace -> "its namespace is " + namespace.described());
    }

    private static Optional<String> open(Subject subject) {
        if (KindScope.kind(subject).equals("Ingress")) {
            var annotations = subject.at("metadata.annotations");
            return flawIf(
                    !annotations.key("networking.gke.io/managed-certificates").exists()
                            // https://cloud.google.com/kubernetes-engine/docs/how-to/internal-load-balance-ingress
                            && !annotations.key("kubernetes.io/ingress.class").is("gce-internal"),
                    "is an Ingress without a managed certificate");
        }
        return flawIf(
                subject.at("spec.type").is("LoadBalancer") && !isInternal(subject),
                "is a LoadBalancer that the internet reaches");
    }

    /**
     * Of two annotations the first counts, in either case:
     * https://github.com/kubernetes/cloud-provider-gcp/blob/master/providers/gce/gce_annotations.go
     */
    private static boolean isInternal(Subject service) {
        var annotations = service.at("metadata.annotations");
        return service.at("spec.loadBalancerClass").is(INTERNAL_CLASS)
                || LOAD_BALANCER_TYPES.stream()
                        .map(annotations::key)
                        .filter(InputValue::exists)
                        .findFirst()
                        .filter(type -> type.is("Internal") || type.is("internal"))
                        .isPresent();
    }

    private static Outcome auditLog(PlannedStack stack) {
        var clusters = stack.ofType(GoogleType.CLUSTER);
        if (clusters.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        var found = stack.ofType("kubernetes:apps/v1:DaemonSet").stream()
                .anyMatch(set -> set.at("metadata.name").is("cos-auditd-logging"));
        return new Outcome.Looked(
                found ? List.of() : List.of(new Flaw(clusters.get(0).resource(), "no DaemonSet cos-auditd-logging")));
    }
}
