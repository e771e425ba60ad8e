package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Quantity;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.plan.Workload;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What stops the fleet or its cluster without opening either. */
public final class RoomRules {
    /** Where Kubernetes and GKE keep what a cluster is made of. */
    private static final Pattern SYSTEM = Pattern.compile("kube-.+|gke-.+|gmp-.+");

    /** Of who has rights there, the rules about roles speak. */
    private static final Set<String> RIGHTS = Set.of("Role", "RoleBinding");

    private static final String TOKEN_KEY = "BUILDKITE_AGENT_TOKEN";

    private RoomRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("namespace-room", HIGH, "A queue's namespace has room for a job")
                        .why("a quota or a limit that no job keeps to refuses all of them, and the queue stands still")
                        .mend("keep the ResourceQuota and the LimitRange as the fleet makes them")
                        .check(stack -> Check.eachRelease(release -> refused(stack, release))
                                .of(stack)),
                Rule.named("namespace-system", HIGH, "The plan puts nothing where the cluster's own parts are")
                        .why(
                                "there no policy of the fleet holds, and a ConfigMap of that name says who answers for every name")
                        .mend("take a namespace of your own")
                        .check(Check.each(RoomRules::inNamespaces, RoomRules::ofTheSystem)),
                Rule.named("workload-replicas", MEDIUM, "A server of the fleet runs")
                        .why("jobs wait for a server that nobody has started, until they give up")
                        .mend("set replicas to 1 or more; leave the cache out of the configuration if nobody needs it")
                        .check(Check.each(RoomRules::servers, RoomRules::stopped)),
                Rule.named("agent-token-keys", HIGH, "The Secret of an agent token holds nothing else")
                        .why(
                                "each key of it is a variable of the controller: one could send it elsewhere, or run a program")
                        .mend("leave " + TOKEN_KEY + " alone in it")
                        .check(stack -> Check.eachRelease(release -> others(stack, release))
                                .of(stack)));
    }

    private static Stream<Subject> in(PlannedStack stack, KubernetesType type, Release release) {
        return stack.ofType(type).stream()
                .filter(object -> object.at("metadata.namespace").is(release.namespace()));
    }

    private static Optional<String> refused(PlannedStack stack, Release release) {
        return in(stack, KubernetesType.RESOURCE_QUOTA, release)
                .flatMap(quota -> tooFew(release, quota).stream())
                .findFirst()
                .or(() -> in(stack, KubernetesType.LIMIT_RANGE, release)
                        .flatMap(range -> range.at("spec.limits").items().stream()
                                .flatMap(limit -> tooSmall(release, limit).stream()
                                        .map(flaw -> range.resource().name() + flaw)))
                        .findFirst());
    }

    /** Of an amount that cannot be read, {@code namespace-quota} speaks. */
    private static Optional<String> tooFew(Release release, Subject quota) {
        var hard = quota.at("spec.hard");
        return hard.keys().stream()
                .sorted()
                .filter(name -> Quantity.of(hard.key(name))
                        .filter(most -> needed(release, name)
                                .filter(one -> one.amount().compareTo(most.amount()) > 0)
                                .isPresent())
                        .isPresent())
                .findFirst()
                .map(name -> quota.resource().name() + " allows "
                        + hard.key(name).described() + " of " + name + ", and a job needs "
                        + needed(release, name).orElseThrow().amount().toPlainString());
    }

    /** What one job takes of what a quota counts. */
    private static Optional<Quantity> needed(Release release, String name) {
        return switch (name) {
            case "pods", "count/pods", "count/jobs.batch" -> Optional.of(Quantity.ONE);
            case "cpu", "requests.cpu" -> asked(release, "cpu");
            case "memory", "requests.memory" -> asked(release, "memory");
            default -> Optional.empty();
        };
    }

    private static Optional<Quantity> asked(Release release, String name) {
        return Quantity.of(Quantity.requested(release.resources(), name));
    }

    private static Optional<String> tooSmall(Release release, InputValue limit) {
        return Stream.of("cpu", "memory")
                .flatMap(name -> asked(release, name).stream()
                        .flatMap(one -> Stream.of(bound(limit, "max", name, one, 1), bound(limit, "min", name, one, -1))
                                .flatMap(Optional::stream)))
                .findFirst();
    }

    private static Optional<String> bound(InputValue limit, String key, String name, Quantity one, int wrong) {
        var value = limit.key(key).key(name);
        var isOfPods = limit.key("type").is("Container") || limit.key("type").is("Pod") && wrong > 0;
        return flawIf(
                isOfPods
                        && Quantity.of(value)
                                .filter(bound -> one.amount().compareTo(bound.amount()) == wrong)
                                .isPresent(),
                " has " + key + "." + name + " " + value.described() + ", and a job asks for "
                        + one.amount().toPlainString());
    }

    private static List<Subject> inNamespaces(PlannedStack stack) {
        return stack.ofProvider("kubernetes").stream()
                .filter(subject -> !RIGHTS.contains(KindScope.kind(subject)))
                .filter(subject -> KindScope.namespaces(subject).anyMatch(InputValue::exists))
                .toList();
    }

    private static Optional<String> ofTheSystem(Subject subject) {
        return KindScope.namespaces(subject)
                .map(InputValue::text)
                .filter(SYSTEM.asMatchPredicate())
                .findFirst()
                .map(namespace -> "is in " + namespace);
    }

    private static List<Subject> servers(PlannedStack stack) {
        return Workload.subjects(stack).stream()
                .filter(workload -> workload.at("metadata.namespace").is(CacheServer.NAMESPACE))
                .toList();
    }

    private static Optional<String> stopped(Subject server) {
        var replicas = server.at("spec.replicas");
        return flawIf(replicas.exists() && replicas.number() < 1, "spec.replicas is " + replicas.described())
                .or(() -> flawIf(server.at("spec.paused").isTrue(), "spec.paused is true"));
    }

    private static Optional<String> others(PlannedStack stack, Release release) {
        return in(stack, KubernetesType.SECRET, release)
                .filter(secret -> secret.at("metadata.name").is(release.tokenSecret()))
                .flatMap(secret -> Stream.of("data", "stringData").flatMap(part -> secret.at(part).keys().stream()))
                .filter(key -> !key.equals(TOKEN_KEY))
                .sorted()
                .findFirst()
                .map(key -> "its Secret " + release.tokenSecret() + " holds " + key);
    }
}
