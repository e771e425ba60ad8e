package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.fleet.SystemPool;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The releases, one a queue, and what the pods of their jobs ask for. */
@ExtendWith(PreviewedStacks.Extension.class)
class QueuesPlanTest {
    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void oneReleaseWatchesAQueueAndItsTagIsTheQueue(StackPreview stack) {
        assertThat(stack.plan().ofType("kubernetes:helm.sh/v3:Release"))
                .hasSameSizeAs(stack.fleet().queues());
        for (var queue : stack.fleet().queues()) {
            var config = config(stack, queue);
            assertThat(text(config, "queue")).isEqualTo(queue.name());
            assertThat(text(config, "tags", 0)).isEqualTo("queue=" + queue.name());
            assertThat(Inputs.items(config, "tags"))
                    .filteredOn(tag -> tag.getAsString().startsWith("queue="))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void eachReleaseHasANamespaceAndANameOfItsOwn(StackPreview stack) {
        var releases = stack.plan().ofType("kubernetes:helm.sh/v3:Release");
        assertThat(releases)
                .extracting(release -> Inputs.text(release, "namespace"))
                .doesNotHaveDuplicates();
        assertThat(releases)
                .extracting(release -> Inputs.text(release, "name"))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.length() <= 53, "Helm's limit");
    }

    /** Kubernetes keeps a claim until no pod uses it, and Pulumi deletes what something depends on after it. */
    @ParameterizedTest
    @MethodSource("stacks")
    void aQueueThatGoesKeepsTheClaimsAndTheBorderOfItsJobsUntilTheyHaveEnded(StackPreview stack) {
        var claims = stack.plan().ofType("kubernetes:core/v1:PersistentVolumeClaim").stream()
                .filter(claim -> claim.name().startsWith("queue-"))
                .toList();
        assertThat(claims).isNotEmpty();
        for (var claim : claims) {
            var queue = stack.fleet().queues().stream()
                    .filter(one -> one.namespace().equals(Inputs.text(claim, "metadata", "namespace")))
                    .findFirst()
                    .orElseThrow();
            assertThat(claim.options().timeouts().delete())
                    .isGreaterThan(Duration.ofMinutes(queue.config().timeoutMinutes()));
            assertThat(claim.dependencies())
                    .containsAll(stack.plan().registrations().stream()
                            .filter(object ->
                                    Inputs.text(object, "metadata", "namespace").equals(queue.namespace()))
                            .filter(object -> object.type().matches(".*:(NetworkPolicy|Secret|ServiceAccount)"))
                            .filter(object -> !object.name().contains("-mirror-"))
                            .map(Registration::urn)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void aReleaseWaitsForTheFirstNodeOfANewCluster(StackPreview stack) {
        assertThat(stack.plan().ofType("kubernetes:helm.sh/v3:Release"))
                .isNotEmpty()
                .allMatch(release -> Inputs.text(release, "timeout").equals("900"), "for 15 minutes");
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void aControllerThatLeaksTakesNoMemoryOfOthers(StackPreview stack) {
        assertThat(stack.plan().ofType("kubernetes:helm.sh/v3:Release"))
                .isNotEmpty()
                .allSatisfy(release -> {
                    assertThat(Inputs.text(release, "values", "resources", "limits", "memory"))
                            .isEqualTo("512Mi");
                    assertThat(Inputs.at(release, "values", "resources", "limits", "cpu"))
                            .isEmpty();
                    assertThat(Inputs.text(release, "values", "resources", "requests", "memory"))
                            .isEqualTo(SystemPool.CONTROLLER.memory().toString());
                });
    }

    /** An organization policy of Google's own set refuses rules without one: custom.firewallRequireDescription. */
    @ParameterizedTest
    @MethodSource("stacks")
    void everyFirewallRuleSaysWhatItIsFor(StackPreview stack) {
        assertThat(stack.plan().ofType("gcp:compute/firewall:Firewall"))
                .isNotEmpty()
                .noneMatch(rule -> Inputs.text(rule, "description").isBlank());
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theChartsVersionIsPinned(StackPreview stack) {
        assertThat(stack.plan().ofType("kubernetes:helm.sh/v3:Release"))
                .allMatch(release -> Inputs.text(release, "version").matches("\\d+\\.\\d+\\.\\d+"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void whatThePodsOfANodeAskForFitsTheNode(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            var pod = podRequests(stack, queue);
            assertThat(pod.times(queue.jobsPerNode())
                            .fitsIn(queue.pool().orElseThrow().forJobs()))
                    .as(
                            "%d pods of %s on a node with %s",
                            queue.jobsPerNode(), pod, queue.pool().orElseThrow().forJobs())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void jobsInFlightNeverExceedWhatTheNodesHold(StackPreview stack) {
        for (var pool : stack.fleet().pools()) {
            var nodes = stack.fleet().queues().stream()
                    .filter(queue -> queue.isOn(pool))
                    .mapToDouble(queue -> Math.ceil((double) maxInFlight(stack, queue) / queue.jobsPerNode()))
                    .sum();
            assertThat(nodes)
                    .as("nodes of pool %s", pool.name())
                    .isLessThanOrEqualTo(pool.primary().max());
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void onNodesThatMayBeTakenBackTheAgentHasTimeToSaySo(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            var reclaimable = queue.pool().orElseThrow().primary().capacity().isReclaimable();
            assertThat(text(config(stack, queue), "default-termination-grace-period-seconds"))
                    .isEqualTo(reclaimable ? "15" : "60");
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void controllersStayOnSystemNodes(StackPreview stack) {
        assertThat(stack.plan().ofType("kubernetes:helm.sh/v3:Release"))
                .allMatch(release -> Inputs.text(release, "values", "nodeSelector", Pool.LABEL)
                        .equals("system"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void noCommandContainerIsPatched(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            assertThat(Inputs.at(config(stack, queue), "pod-spec-patch", "containers"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void onlyTheDockerDaemonIsPrivileged(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            var patch = Inputs.at(config(stack, queue), "pod-spec-patch").orElseThrow();
            assertThat(patch.toString().contains("\"privileged\":true"))
                    .as("queue %s", queue.name())
                    .isEqualTo(queue.docker()
                            .filter(docker -> docker.mode() == DockerMode.DAEMON)
                            .isPresent());
        }
    }

    @Test
    void untrustedJobsAreSandboxedAndHaveNothingToSteal(PreviewedStacks previews) {
        var full = previews.full();
        var queue = full.fleet().queues().stream()
                .filter(candidate -> !candidate.isTrusted())
                .findFirst()
                .orElseThrow();
        var config = config(full, queue);
        assertThat(text(config, "pod-spec-patch", "runtimeClassName")).isEqualTo("gvisor");
        assertThat(text(config, "prohibit-kubernetes-plugin")).isEqualTo("true");
        assertThat(text(config, "pod-spec-patch", "automountServiceAccountToken"))
                .isEqualTo("false");
        var own = full.plan().registrations().stream()
                .filter(registration -> registration.name().startsWith("queue-" + queue.name() + "-"))
                .toList();
        assertThat(own)
                .filteredOn(registration -> registration.type().equals("kubernetes:core/v1:Secret"))
                .extracting(Registration::name)
                .containsExactly("queue-" + queue.name() + "-token");
        assertThat(own)
                .noneMatch(registration -> registration.inputs().toString().contains("iam.gke.io"));
        assertThat(jobsPolicy(full, queue).toString()).doesNotContain("\"port\":80");
    }

    @Test
    void jobsWithAnIdentityReachTheMetadataServerAndNoPrivateAddress(PreviewedStacks previews) {
        var prod = previews.prod();
        for (var queue : prod.fleet().queues()) {
            var egress = jobsPolicy(prod, queue).toString();
            assertThat(egress).contains("\"port\":80").contains("\"except\":[\"10.0.0.0/8\"");
        }
    }

    @Test
    void theMacIsNotInTheCluster(PreviewedStacks previews) {
        assertThat(previews.prod().plan().registrations())
                .filteredOn(registration -> registration.type().startsWith("kubernetes:"))
                .noneMatch(registration -> registration.inputs().toString().contains("\"mac\""));
    }

    /** What the scheduler adds up: the job's container, the agent's and the checkout's defaults, and the daemon. */
    private static Resources podRequests(StackPreview stack, Queue queue) {
        var config = config(stack, queue);
        var command = requests(
                Inputs.at(config, "resource-classes", queue.name(), "resource").orElseThrow());
        var other = defaults(stack, queue).times(2);
        var sidecars = Inputs.items(config, "pod-spec-patch", "initContainers").stream()
                .map(container -> requests(Inputs.at(container, "resources").orElseThrow()))
                .reduce(Resources.NONE, Resources::plus);
        return command.plus(other).plus(sidecars);
    }

    private static Resources defaults(StackPreview stack, Queue queue) {
        var range = stack.plan()
                .find("kubernetes:core/v1:LimitRange", "queue-" + queue.name() + "-namespace-defaults")
                .orElseThrow();
        return resources(Inputs.at(range, "spec", "limits", 0, "defaultRequest").orElseThrow());
    }

    private static Resources requests(JsonElement container) {
        return resources(Inputs.at(container, "requests").orElseThrow());
    }

    private static Resources resources(JsonElement quantities) {
        return new Resources(
                Cpu.parse(text(quantities, "cpu")).orElseThrow(),
                Memory.parse(text(quantities, "memory")).orElseThrow());
    }

    private static int maxInFlight(StackPreview stack, Queue queue) {
        return Integer.parseInt(text(config(stack, queue), "max-in-flight"));
    }

    private static JsonElement jobsPolicy(StackPreview stack, Queue queue) {
        return stack.plan()
                .find("kubernetes:networking.k8s.io/v1:NetworkPolicy", "queue-" + queue.name() + "-namespace-jobs")
                .orElseThrow()
                .inputs();
    }

    private static JsonElement config(StackPreview stack, Queue queue) {
        return stack.plan()
                .find("kubernetes:helm.sh/v3:Release", "queue-" + queue.name() + "-release")
                .flatMap(release -> Inputs.at(release, "values", "config"))
                .orElseThrow();
    }

    private static String text(JsonElement value, Object... steps) {
        return Inputs.at(value, steps).orElseThrow().getAsString();
    }
}
