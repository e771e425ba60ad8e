package io.buildkitefleet.fleet.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.testing.Stacks;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a fleet accepts can be scheduled: a pod that fits no node would wait for ever. */
class PodsFitTest {
    private static final List<String> MACHINES = List.of(
            "n1-standard-1",
            "e2-medium",
            "e2-standard-2",
            "n1-highcpu-4",
            "n2d-standard-8",
            "n1-standard-8",
            "c3d-highcpu-30",
            "t2d-standard-60",
            "n2-highmem-128",
            "n1-custom-6-20480");

    private static final List<Integer> JOBS = List.of(1, 2, 3, 4, 7, 16, 61, 100);

    @ParameterizedTest
    @MethodSource("fleets")
    void theJobsOfANodeFitIntoIt(String machine, boolean docker, String lowered) {
        var sizes = JOBS.stream()
                .flatMap(jobs -> queue(machine, docker, lowered, jobs).stream())
                .toList();

        assertThat(sizes).isNotEmpty().allSatisfy(queue -> {
            assertThat(queue.can(Capability.DOCKER)).isEqualTo(docker);
            var jobs = queue.jobsPerNode();
            assertThat(queue.job()
                            .requests()
                            .times(jobs)
                            .fitsIn(queue.pool().orElseThrow().forJobs()))
                    .as(
                            "%d pods of %s in %s",
                            jobs, queue.job(), queue.pool().orElseThrow().forJobs())
                    .isTrue();
            assertThat(jobs).isLessThanOrEqualTo(queue.pool().orElseThrow().podsForJobs());
            assertThat(new Memory(queue.job().disk().mebibytes() * jobs))
                    .isLessThanOrEqualTo(queue.pool().orElseThrow().diskForJobs());
            assertThat(queue.job().workspace().plus(queue.job().dockerStorage()))
                    .isEqualTo(queue.job().disk());
            assertThat(JobPod.LEAST.fitsIn(queue.job().command())).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void whatIsSharedByMoreJobsIsLess(String machine, boolean docker, String lowered) {
        var sizes = JOBS.stream()
                .flatMap(jobs -> queue(machine, docker, lowered, jobs).stream())
                .toList();

        assertThat(IntStream.range(1, sizes.size())).allSatisfy(i -> {
            assertThat(sizes.get(i)
                            .job()
                            .command()
                            .fitsIn(sizes.get(i - 1).job().command()))
                    .isTrue();
            assertThat(sizes.get(i).jobsPerNode())
                    .isGreaterThanOrEqualTo(sizes.get(i - 1).jobsPerNode());
        });
    }

    static Stream<Arguments> fleets() {
        return MACHINES.stream()
                .flatMap(machine -> Stream.of(true, false).flatMap(docker -> Stream.of("", ", cpu: 60m, memory: 130Mi")
                        .map(lowered -> Arguments.of(machine, docker, lowered))));
    }

    /** The queue, unless so many jobs are too many for the machine. */
    private static Optional<Queue> queue(String machine, boolean docker, String lowered, int jobs) {
        var stack = Stacks.minimal()
                .with("pools.big", "{max: 1, machineType: " + machine + "}")
                .with(
                        "queues.big",
                        "{pool: big, jobsPerNode: " + jobs + (docker ? ", can: [docker]" : "") + lowered + "}");
        try {
            return Optional.of(FleetResolver.resolve(stack).queues().get(0));
        } catch (ConfigException tooSmall) {
            assertThat(tooSmall.problems())
                    .allSatisfy(problem -> assertThat(problem.message()).startsWith("does not fit: "));
            return Optional.empty();
        }
    }
}
