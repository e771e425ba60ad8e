package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.PlannedQueue;
import io.buildkitefleet.pods.security.Level;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.rules.plan.Borders;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.Nodes;
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
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What keeps a queue whose code anybody wrote away from what is worth stealing. */
public final class UntrustedRules {
    static final String TOKEN_SECRET = "agent-token";

    private UntrustedRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("untrusted-pool", HIGH, "Untrusted jobs have nodes of their own")
                        .why("who breaks out of a container has every other on the node")
                        .mend("give the untrusted queue a pool that no trusted queue uses")
                        .check(untrusted(UntrustedRules::sharedPool)),
                Rule.named("untrusted-sandbox", HIGH, "Untrusted jobs have a kernel of their own")
                        .why("a hole in the node's kernel is a way out of every container")
                        .mend("set sandbox: gvisor on the pool")
                        .source(CIS + "5.10.3")
                        .check(untrusted(UntrustedRules::noSandbox)),
                Rule.named("untrusted-node-account", HIGH, "Untrusted jobs' nodes read nothing of the fleet's")
                        .why("a node pulls whatever image a step names, and the step reads what is in it")
                        .mend("give the untrusted pool's nodes an account of their own, with the role for nodes alone")
                        .check(untrusted(UntrustedRules::nodeGrants)),
                Rule.named("untrusted-identity", HIGH, "Untrusted jobs have no identity")
                        .why("what the identity may do, a stranger may")
                        .mend("leave the annotation and the Workload Identity grant out of the untrusted queue")
                        .check(untrusted(UntrustedRules::identity)),
                Rule.named("untrusted-secrets", HIGH, "Untrusted jobs have no secret")
                        .why("a stranger's job prints it")
                        .mend("leave secrets and the checkout key out of the untrusted queue")
                        .check(untrusted(UntrustedRules::secrets)),
                Rule.named("untrusted-docker", HIGH, "No namespace of untrusted jobs admits privileged pods")
                        .why("a privileged container is root on its node")
                        .mend("leave can empty on the untrusted queue")
                        .check(untrusted(UntrustedRules::privileged)),
                Rule.named("untrusted-pod-spec", HIGH, "Untrusted pipelines cannot write pod specs")
                        .why("a step could ask for a privileged container, a node of others, or the agent token")
                        .mend("set prohibit-kubernetes-plugin: true")
                        .check(untrusted((stack, release) -> release.podSpecs())),
                Rule.named("untrusted-network", HIGH, "Untrusted jobs reach the internet and nothing of ours")
                        .why("services that trust the network, and the server that hands out tokens, would answer")
                        .mend("let the network policy of jobs except private ranges and the metadata server")
                        .check(untrusted(UntrustedRules::opened)));
    }

    private static Check untrusted(BiFunction<PlannedStack, Release, Optional<String>> flaw) {
        return stack -> {
            if (stack.fleet().isEmpty()) {
                return Releases.of(stack).isEmpty()
                        ? new Outcome.NotApplicable(stack.nothing())
                        : new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN);
            }
            return Check.each(UntrustedRules::releases, subject -> flaw.apply(stack, new Release(subject)))
                    .of(stack);
        };
    }

    private static List<Subject> releases(PlannedStack stack) {
        return untrusted(stack).map(Release::subject).toList();
    }

    /** The releases of untrusted queues; none where the plan does not say which these are. */
    static Stream<Release> untrusted(PlannedStack stack) {
        var queues = untrustedQueues(stack);
        return Releases.of(stack).stream().filter(release -> queues.contains(release.queue()));
    }

    static Set<String> untrustedQueues(PlannedStack stack) {
        return stack.fleet().stream()
                .flatMap(fleet -> fleet.queues().stream())
                .filter(PlannedQueue::isUntrusted)
                .map(PlannedQueue::name)
                .collect(Collectors.toSet());
    }

    private static Optional<String> sharedPool(PlannedStack stack, Release release) {
        var untrusted = untrustedQueues(stack);
        if (release.pool().isEmpty() || release.pool().equals(release.controllerPool())) {
            return Optional.of("its jobs may run where controllers do");
        }
        return Releases.of(stack).stream()
                .filter(other -> !untrusted.contains(other.queue()))
                .filter(other -> other.pool().equals(release.pool()))
                .findFirst()
                .map(other -> "shares pool " + release.pool() + " with queue " + other.queue());
    }

    private static Optional<String> noSandbox(PlannedStack stack, Release release) {
        if (!release.pod().key("runtimeClassName").is("gvisor")) {
            return Optional.of("runtimeClassName is not gvisor");
        }
        var pools = Nodes.ofPool(stack, release.pool());
        return flawIf(
                pools.isEmpty() || !pools.stream().allMatch(Nodes::isSandboxed),
                "pool " + release.pool() + " has no sandbox");
    }

    private static Optional<String> nodeGrants(PlannedStack stack, Release release) {
        var accounts = Nodes.ofPool(stack, release.pool()).stream()
                .map(Nodes::memberOfPool)
                .collect(Collectors.toSet());
        return Grants.all(stack).stream()
                .filter(grant -> Grants.members(grant).anyMatch(accounts::contains))
                .filter(grant -> !Grants.isForAnyNode(grant))
                .filter(grant -> !RegistryMirrorRules.isReadingTheMirror(stack, grant))
                .findFirst()
                .map(grant -> "the account of its nodes has " + grant.at("role").described() + " by "
                        + grant.resource().name());
    }

    private static Optional<String> identity(PlannedStack stack, Release release) {
        var granted = stack.ofType(GoogleType.ACCOUNT_MEMBER).stream()
                .anyMatch(grant -> grant.at("member").text().contains("[" + release.namespace() + "/"));
        if (granted) {
            return Optional.of("a Google account lets " + release.namespace() + " act as it");
        }
        var annotated = inNamespace(stack, KubernetesType.SERVICE_ACCOUNT, release)
                .anyMatch(account -> account.at("metadata.annotations")
                        .key("iam.gke.io/gcp-service-account")
                        .exists());
        return flawIf(annotated, "a service account in " + release.namespace() + " acts as a Google account");
    }

    private static Optional<String> secrets(PlannedStack stack, Release release) {
        var other = inNamespace(stack, KubernetesType.SECRET, release)
                .map(secret -> secret.at("metadata.name").text())
                .filter(name -> !name.equals(TOKEN_SECRET))
                .findFirst();
        if (other.isPresent()) {
            return other.map(name -> "Secret " + name + " is in " + release.namespace());
        }
        return flawIf(
                release.config()
                        .all()
                        .anyMatch(value -> value.key("secretRef").exists()
                                || value.key("secretKeyRef").exists()),
                "its jobs are given a Secret");
    }

    /** Of what its pods themselves may not be, {@code pod-admitted} speaks. */
    private static Optional<String> privileged(PlannedStack stack, Release release) {
        var refused =
                Borders.enforcedIn(stack, release.namespace()).filter(border -> border.level() != Level.PRIVILEGED);
        return flawIf(refused.isEmpty(), "nothing in " + release.namespace() + " refuses privileged pods");
    }

    private static Optional<String> opened(PlannedStack stack, Release release) {
        return NetworkPolicy.missingEgressIn(stack, release.namespace())
                .or(() -> inNamespace(stack, KubernetesType.NETWORK_POLICY, release)
                        .filter(policy -> !isOfControllers(policy))
                        .flatMap(policy -> EgressBound.INTERNET.exceededBy(policy).stream())
                        .findFirst());
    }

    /** What selects controllers alone says nothing about jobs. */
    private static boolean isOfControllers(Subject policy) {
        return policy.at("spec.podSelector.matchLabels")
                .key("buildkite-fleet/role")
                .is(Queue.CONTROLLER_ROLE);
    }

    static Stream<Subject> inNamespace(PlannedStack stack, ResourceType type, Release release) {
        return stack.ofType(type).stream()
                .filter(subject -> subject.at("metadata.namespace").is(release.namespace()));
    }
}
