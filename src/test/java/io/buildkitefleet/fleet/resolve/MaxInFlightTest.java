package io.buildkitefleet.fleet.resolve;

import static io.buildkitefleet.testing.BadStack.at;
import static io.buildkitefleet.testing.BadStack.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.NamespaceBounds;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaxInFlightTest {
    @ParameterizedTest
    @CsvSource({"1, 4", "2, 8", "5, 20"})
    void aLoneQueueFillsItsPool(int jobsPerNode, int jobs) {
        var stack = Stacks.minimal().with("queues.big.jobsPerNode", String.valueOf(jobsPerNode));

        assertThat(maxInFlight(stack)).containsExactly(entry("big", jobs));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "on-demand"})
    void aFallbackHoldsTheSameJobsAndNotMore(String fallback) {
        assertThat(maxInFlight(Stacks.minimal().with("pools.big.fallback", fallback)))
                .containsExactly(entry("big", 4));
    }

    @Test
    void aQueueMayAskForLess() {
        assertThat(maxInFlight(Stacks.minimal().with("queues.big.maxInFlight", "3")))
                .containsExactly(entry("big", 3));
    }

    @Test
    void queuesOfOnePoolShareItsNodesAndTheFirstGetTheRemainder() {
        var stack = Stacks.minimal()
                .with("pools.big.max", "8")
                .with("queues.two", "{pool: big, jobsPerNode: 2}")
                .with("queues.three", "{pool: big}");

        assertThat(maxInFlight(stack)).containsExactly(entry("big", 3), entry("two", 3 * 2), entry("three", 2));
    }

    @Test
    void aQueueThatSaysHowManyLeavesTheOtherNodesToTheRest() {
        var stack = Stacks.minimal()
                .with("pools.big.max", "5")
                .with("queues.two", "{pool: big, jobsPerNode: 2, maxInFlight: 3}");

        assertThat(maxInFlight(stack)).containsExactly(entry("big", 5 - 2), entry("two", 3));
    }

    @Test
    void queuesOfOtherPoolsTakeNothingAway() {
        var stack = Stacks.minimal()
                .with("pools.other", "{machineType: n1-standard-1, max: 7}")
                .with("queues.other", "{pool: other}");

        assertThat(maxInFlight(stack)).containsExactly(entry("big", 4), entry("other", 7));
    }

    @Test
    void whatIsDeployedTakesNodesOfItsPoolFromTheJobs() {
        var stack = Stacks.minimal().with("queues.big", "{pool: big, can: [kubectl], namespaces: [apps, previews]}");

        assertThat(maxInFlight(stack)).containsExactly(entry("big", 2));
        assertThat(FleetResolver.resolve(stack).namespaces())
                .extracting(NamespaceBounds::name, NamespaceBounds::nodes)
                .containsExactly(tuple("apps", 1), tuple("previews", 1));
        assertThat(maxInFlight(stack.with("namespaces.apps.nodes", "2"))).containsExactly(entry("big", 1));
    }

    @Test
    void aQueueThatAsksForMoreThanItsPoolHoldsIsRefused() {
        at("queues.big.maxInFlight", "5", "must be at most 4, what the 4 nodes of pool big can hold, got 5")
                .isReportedOnce();
        BadStack.of(
                        "2 jobs, one node",
                        Stacks.minimal().with("pools.big.max", "1").with("queues.big.maxInFlight", "2"),
                        "queues.big.maxInFlight",
                        "what the 1 node of pool big can hold, got 2")
                .isReportedOnce();
    }

    @Test
    void moreQueuesThanNodesAreRefused() {
        var stack = Stacks.minimal().with("pools.big.max", "1").with("queues.two", "{pool: big, maxInFlight: 1}");

        BadStack.of(
                        "two queues, one node",
                        stack,
                        "pools.big.max",
                        "must be at least 2 nodes for the queues of this pool (big needs at least 1, two wants 1), got 1",
                        "raise it, or give a queue another pool")
                .isReportedOnce();
    }

    @Test
    void queuesThatTogetherAskForTooMuchAreRefused() {
        var stack = Stacks.minimal()
                .with("queues.big.maxInFlight", "3")
                .with("queues.two", "{pool: big, jobsPerNode: 3, maxInFlight: 4}");

        BadStack.of(
                        "3 + 2 of 4 nodes",
                        stack,
                        "pools.big.max",
                        "must be at least 5",
                        "(big wants 3, two wants 2), got 4",
                        "lower queues.big.maxInFlight or queues.two.maxInFlight, or give a queue another pool")
                .isReportedOnce();
    }

    /** Every mix of pool size, number of queues, jobs a node, and which of the queues say how much they want. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void queuesOfOnePoolNeverHaveMoreJobsThanItsNodesHold(int queues) {
        for (int max = 1; max <= 9; max++) {
            for (int explicit = 0; explicit < 1 << queues; explicit++) {
                assertSharesFit(max, stack(max, queues, explicit));
            }
        }
    }

    private static void assertSharesFit(int max, Stacks stack) {
        var tooFew = problems(stack);
        if (!tooFew.isEmpty()) {
            assertThat(tooFew).hasSize(1).extracting(Problem::message).allMatch(text -> text.contains("nodes"));
            return;
        }
        var nodes = FleetResolver.resolve(stack).queues().stream()
                .mapToInt(queue -> (queue.maxInFlight() + queue.jobsPerNode() - 1) / queue.jobsPerNode())
                .peek(share -> assertThat(share).isPositive())
                .sum();
        assertThat(nodes).as(stack.fleet().toString()).isLessThanOrEqualTo(max);
    }

    private static Stacks stack(int max, int queues, int explicit) {
        var stack = Stacks.minimal().with("pools.big.max", String.valueOf(max)).with("queues", "{}");
        for (int i = 0; i < queues; i++) {
            var wanted = (explicit >> i & 1) == 1 ? ", maxInFlight: " + (2 * i + 1) : "";
            stack = stack.with("queues.q" + i, "{pool: big, jobsPerNode: " + (i % 3 + 1) + wanted + "}");
        }
        return stack;
    }

    private static Map<String, Integer> maxInFlight(Stacks stack) {
        var jobs = new LinkedHashMap<String, Integer>();
        FleetResolver.resolve(stack).queues().forEach(queue -> jobs.put(queue.name(), queue.maxInFlight()));
        return jobs;
    }
}
