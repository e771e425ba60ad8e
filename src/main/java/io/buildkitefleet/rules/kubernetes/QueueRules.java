package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.Quota;
import io.buildkitefleet.fleet.SafeBuilds;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Borders;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.rules.rule.Severity;
import io.buildkitefleet.text.Count;
import io.buildkitefleet.text.Listing;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** What must hold between the queues and the nodes that serve them. */
public final class QueueRules {
    private static final String MOST_NODES = "autoscaling.totalMaxNodeCount";

    private QueueRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("queue-one-release", HIGH, "One release watches a queue")
                        .why("two start every job twice, or fight over it")
                        .mend("name each queue once")
                        .check(releases(QueueRules::others)),
                Rule.named("queue-tag", HIGH, "A release's agents have the queue that it watches as their tag")
                        .why("agents of another queue take no job, and the release starts one after the other")
                        .mend("set tags to queue=NAME with the NAME of config.queue")
                        .check(Check.eachRelease(release -> flawIf(
                                !release.config().key("tags").texts().contains("queue=" + release.queue()),
                                "watches " + release.queue() + " and tags "
                                        + release.config().key("tags").texts()))),
                Rule.named("trusted-pod-spec", HIGH, "Pipelines of trusted queues cannot write pod specs")
                        .why(
                                "a step's own containers start before a hook has looked at the build, within reach of what the queue has")
                        .mend("leave podSpecs out, or waive this with the reason why every build of the queue may")
                        .check(releases(QueueRules::podSpecs)),
                Rule.named("deploy-branches", Severity.MEDIUM, "A queue that deploys is for some branches")
                        .why("whoever may push any branch could deploy it")
                        .mend("name the branches that deploy in only.branches of the queue")
                        .check(releases(QueueRules::deploysAnyBranch)),
                Rule.named("controller-node", HIGH, "No controller runs on a node that is taken back")
                        .why("a controller that is preempted takes its queue with it")
                        .mend("set nodeSelector of the release to an on-demand pool")
                        .check(onPools(QueueRules::controllerNode)),
                Rule.named("docker-own-nodes", Severity.MEDIUM, "A Docker daemon shares its nodes with no other queue")
                        .why("whoever talks to it owns the node, with the secrets and identities of every pod there")
                        .mend("give the queue with the daemon a pool of its own")
                        .check(onPools(QueueRules::sharedNodes)),
                Rule.named("pod-fits", HIGH, "A job's pod fits on a node of its pool")
                        .why("a pod that fits nowhere waits for ever, and the pool stays at nothing")
                        .mend("lower cpu, memory or jobsPerNode, or take a larger machine")
                        .check(onPools(QueueRules::podFits)),
                Rule.named("jobs-fit", HIGH, "No more jobs are started than the nodes hold")
                        .why("the others wait as pods, where Buildkite cannot give them to anybody else")
                        .mend("lower maxInFlight, or raise the pool's max")
                        .check(releases(QueueRules::jobsFit)),
                Rule.named("quota-stated", Severity.MEDIUM, "The quotas that the plan needs are stated")
                        .why("a quota that is too small is noticed when the fleet is needed most")
                        .mend("make the plan with ./fleet preview --json, which states them")
                        .check(QueueRules::quotaStated));
    }

    /** What says something of the nodes that the fleet makes. */
    private static Check onPools(BiFunction<PlannedStack, Release, Optional<String>> flaw) {
        var check = releases(flaw);
        return stack -> stack.isLocal() ? new Outcome.NotApplicable(PlannedStack.NO_POOLS) : check.of(stack);
    }

    private static Optional<String> sharedNodes(PlannedStack stack, Release release) {
        var others = Releases.of(stack).stream()
                .filter(other -> !other.queue().equals(release.queue()))
                .filter(other -> other.pool().equals(release.pool()))
                .map(Release::queue)
                .toList();
        return flawIf(
                Borders.ownsItsNodes(stack, release) && !others.isEmpty(),
                "has a privileged container on the nodes of pool " + release.pool() + ", beside the jobs of "
                        + Listing.of(others));
    }

    private static Check releases(BiFunction<PlannedStack, Release, Optional<String>> flaw) {
        return stack -> Check.eachRelease(release -> flaw.apply(stack, release)).of(stack);
    }

    private static Optional<String> deploysAnyBranch(PlannedStack stack, Release release) {
        var namespaces = stack.ofType(KubernetesType.ROLE_BINDING).stream()
                .filter(binding -> binding.at("subjects").items().stream()
                        .anyMatch(subject -> subject.key("kind").is("ServiceAccount")
                                && subject.key("namespace").is(release.namespace())))
                .map(binding -> binding.at("metadata.namespace").text())
                .filter(namespace -> !namespace.equals(release.namespace()))
                .toList();
        var branches = stack.ofType(KubernetesType.CONFIG_MAP).stream()
                .filter(map -> map.at("metadata.namespace").is(release.namespace()))
                .flatMap(map -> map.at("data").key(SafeBuilds.FILE).text().lines())
                .filter(line -> line.startsWith(SafeBuilds.ONLY_BRANCH + " "))
                .toList();
        var isForSome = !branches.isEmpty() && !branches.contains(SafeBuilds.ONLY_BRANCH + " *");
        return flawIf(
                !namespaces.isEmpty() && !isForSome,
                "its jobs deploy to " + Listing.of(namespaces) + ", from any branch");
    }

    /** Those of untrusted queues have a rule of their own. */
    private static Optional<String> podSpecs(PlannedStack stack, Release release) {
        return UntrustedRules.untrustedQueues(stack).contains(release.queue()) ? Optional.empty() : release.podSpecs();
    }

    private static Optional<String> others(PlannedStack stack, Release release) {
        return Releases.of(stack).stream()
                .filter(other -> other.queue().equals(release.queue()))
                .filter(other ->
                        !other.subject().resource().equals(release.subject().resource()))
                .findFirst()
                .map(other -> "watches " + release.queue() + ", as "
                        + other.subject().resource().name() + " does");
    }

    private static Optional<String> controllerNode(PlannedStack stack, Release release) {
        var pools = Nodes.ofPool(stack, release.controllerPool());
        if (release.controllerPool().isEmpty() || pools.isEmpty()) {
            return Optional.of("its controller names no pool of the plan");
        }
        return flawIf(
                pools.stream().anyMatch(Nodes::isReclaimable),
                "its controller runs in pool " + release.controllerPool() + ", whose nodes are taken back");
    }

    private static Optional<String> podFits(PlannedStack stack, Release release) {
        var requests = release.requests();
        if (requests.isEmpty()) {
            return Optional.of("its requests of CPU and memory cannot be read");
        }
        var pools = Nodes.ofPool(stack, release.pool());
        if (pools.isEmpty()) {
            return Optional.of("its jobs name no pool of the plan");
        }
        return pools.stream()
                .flatMap(pool -> Nodes.forJobs(pool).stream())
                .filter(room -> !requests.get().fitsIn(room))
                .findFirst()
                .map(room -> "a job asks for " + requests.get() + ", a node has " + room);
    }

    /**
     * The pool proper alone counts: what it falls back to stands in for it. A pod that fits nowhere is another flaw.
     */
    private static Optional<String> jobsFit(PlannedStack stack, Release release) {
        if (release.maxInFlight() < 1) {
            return Optional.of("its max-in-flight is "
                    + release.config().key("max-in-flight").shown() + ", which is no limit");
        }
        var most = release.requests().stream()
                .flatMap(
                        pod -> Nodes.ofPool(stack, release.pool()).stream().flatMap(pool -> Nodes.forJobs(pool).stream()
                                .filter(pod::fitsIn)
                                .map(room -> room.holds(pod)
                                        * pool.at("autoscaling.totalMaxNodeCount")
                                                .number())))
                .mapToLong(Long::longValue)
                .max();
        return most.isPresent() && release.maxInFlight() > most.getAsLong()
                ? Optional.of(
                        "starts " + new Count(release.maxInFlight(), "job") + ", its nodes hold " + most.getAsLong())
                : Optional.empty();
    }

    /** Of all zones together, or, where that is left out, of each. */
    private static boolean isMost(InputValue nodes) {
        nodes.need();
        return !nodes.exists() || nodes.isUnknown() || nodes.number() > 0;
    }

    private static Outcome quotaStated(PlannedStack stack) {
        var pools = stack.ofType(GoogleType.NODE_POOL);
        if (pools.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        if (stack.fleet().isEmpty()) {
            return new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN);
        }
        var unread = pools.stream()
                .filter(pool -> pool.at("autoscaling").exists() && !isMost(pool.at(MOST_NODES)))
                .map(pool -> new Flaw(
                        pool.resource(),
                        MOST_NODES + " is " + pool.at(MOST_NODES).shown()))
                .toList();
        if (!unread.isEmpty()) {
            return new Outcome.Looked(unread);
        }
        var nodes =
                pools.stream().mapToLong(pool -> pool.at(MOST_NODES).number()).sum();
        var stated = stack.fleet().get().quotas().stream()
                .filter(quota -> quota.metric().equals("INSTANCES"))
                .mapToLong(Quota::amount)
                .sum();
        return new Outcome.Looked(
                stated >= nodes
                        ? List.of()
                        : List.of(new Flaw(
                                pools.get(0).resource(),
                                "pools grow to " + new Count(nodes, "node") + ", the quota stated is " + stated)));
    }
}
