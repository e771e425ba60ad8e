package io.buildkitefleet.fleet.resolve;

import static io.buildkitefleet.testing.BadStack.at;
import static io.buildkitefleet.testing.BadStack.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobSizeTest {
    /** What GKE's own pods ask for on a node; with image streaming, which starts at 8 GiB, 300 MiB more. */
    private static final Resources SYSTEM = Resources.of(499, 954);

    /** Nine DaemonSets, and room for five pods more. */
    private static final int GKE_PODS = 14;

    /** Machines for which CPU, memory and disk would allow more jobs than pods. */
    private static final Stacks LARGE = Stacks.minimal()
            .with("pools.big", "{machineType: n2-standard-32, max: 4, diskGb: 2000}")
            .with("queues.big", "{pool: big, cpu: 100m, memory: 192Mi}");

    private static final Pattern SUM = Pattern.compile(
            ".*at most (?<most>\\d+)(?:m|Mi), got .* has (?<cpu>\\d+)m CPU, (?<memory>\\d+)Mi for pods, "
                    + "less (?<cpuGke>\\d+)m CPU, (?<memoryGke>\\d+)Mi for GKE's own, ÷ (?<jobs>\\d+) a node, "
                    + "less (?<cpuAgent>\\d+)m CPU, (?<memoryAgent>\\d+)Mi for agent, checkout and a sidecar"
                    + "(?<docker>, half of it for the Docker daemon)?");

    @Test
    void theSmallestMachineGivesAJobLessThanHalfACore() {
        var job = job(Stacks.minimal().with("pools.big.machineType", "n1-standard-1"));

        assertThat(job.command()).isEqualTo(Resources.of(366, 1460));
        assertThat(job.requests()).isEqualTo(Resources.of(940, 2606).minus(SYSTEM));
    }

    @Test
    void aNodeOfEightCoresGivesItsOneJobAlmostAllOfIt() {
        var job = job(Stacks.minimal());

        assertThat(job.command()).isEqualTo(Resources.of(7336, 25_047));
        assertThat(job.requests())
                .isEqualTo(Resources.of(7910, 26_493).minus(SYSTEM).minus(Resources.of(0, 300)));
        assertThat(job.disk()).isEqualTo(new Memory(33_657));
        assertThat(job.gpus()).isZero();
        assertThat(job.docker()).isEmpty();
    }

    @Test
    void jobsPerNodeDividesTheNode() {
        var queue = queue(Stacks.minimal().with("queues.big.jobsPerNode", "2"));

        assertThat(queue.jobsPerNode()).isEqualTo(2);
        assertThat(queue.job().command()).isEqualTo(Resources.of(3630, 12_427));
        assertThat(queue.job().disk()).isEqualTo(new Memory(16_828));
    }

    @Test
    void theDockerDaemonGetsAsMuchAsTheJob() {
        var job = job(Stacks.minimal().with("queues.big.can", "[docker]"));

        assertThat(job.command()).isEqualTo(Resources.of(3668, 12_523));
        assertThat(job.docker()).contains(job.command());
        assertThat(job.workspace()).isEqualTo(new Memory(16_828));
        assertThat(job.dockerStorage()).isEqualTo(new Memory(16_829));
    }

    @Test
    void withoutADaemonTheWholeDiskIsTheWorkspace() {
        var job = job(Stacks.minimal());

        assertThat(job.workspace()).isEqualTo(job.disk());
        assertThat(job.dockerStorage()).isEqualTo(new Memory(0));
    }

    @Test
    void jobsThatAskForLessShareANode() {
        var queue = queue(Stacks.minimal().with("queues.big.cpu", "1").with("queues.big.memory", "2Gi"));

        assertThat(queue.job().command()).isEqualTo(Resources.of(1000, 2048));
        assertThat(queue.jobsPerNode()).isEqualTo(7411 / 1075);
        assertThat(queue.job().disk()).isEqualTo(new Memory(33_657 / 6));
        assertThat(queue.maxInFlight()).isEqualTo(4 * 6);
    }

    @Test
    void jobsThatAskForLittleShareANodeUntilEachHas4GiBOfDisk() {
        var small = Stacks.minimal().with("queues.big.cpu", "500m").with("queues.big.memory", "1Gi");

        assertThat(queue(small).jobsPerNode()).isEqualTo(8);
        assertThat(queue(small.with("queues.big.jobsPerNode", "10")).jobsPerNode())
                .isEqualTo(10);
        assertThat(queue(small.with("pools.big.diskGb", "200")).jobsPerNode()).isEqualTo(7411 / 575);
    }

    @ParameterizedTest
    @CsvSource({"n2-standard-32, 2000", "n2d-standard-224, 8000"})
    void aNodeHasNoMorePodsThanGkeAllows(String machine, int diskGb) {
        var queue = queue(LARGE.with("pools.big.machineType", machine).with("pools.big.diskGb", "" + diskGb));

        assertThat(queue.jobsPerNode()).isEqualTo(110 - GKE_PODS);
        assertThat(queue.maxInFlight()).isEqualTo(4 * (110 - GKE_PODS));
    }

    @Test
    void asManyJobsAsANodeHasPodsForMayBeAskedFor() {
        var jobs = 110 - GKE_PODS;

        assertThat(queue(LARGE.with("queues.big.jobsPerNode", "" + jobs)).jobsPerNode())
                .isEqualTo(jobs);
    }

    @ParameterizedTest
    @ValueSource(ints = {97, 100})
    void moreJobsThanANodeHasPodsForAreRefusedWithTheSum(int jobs) {
        BadStack.of(
                        jobs + " jobs",
                        LARGE.with("queues.big.jobsPerNode", "" + jobs),
                        "queues.big.jobsPerNode",
                        "does not fit: a node can hold at most 96 jobs, got " + jobs
                                + "; a node of pool big (n2-standard-32) may have 110 pods, less 14 for GKE's own")
                .isReportedOnce();
    }

    @ParameterizedTest
    @CsvSource({"cpu, 1", "memory, 2Gi"})
    void aJobThatAsksForLessOfOneThingHasTheNodeToItself(String key, String value) {
        assertThat(queue(Stacks.minimal().with("queues.big." + key, value)).jobsPerNode())
                .isEqualTo(1);
    }

    @Test
    void aJobMayAskForExactlyItsShare() {
        var stack = Stacks.minimal().with("queues.big.cpu", "7336m").with("queues.big.memory", "25047Mi");

        assertThat(job(stack)).isEqualTo(job(Stacks.minimal()));
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, 7337m, 1, false",
        "cpu, 8, 1, false",
        "cpu, 4, 2, false",
        "cpu, 4, 1, true",
        "cpu, 1, 4, true",
        "memory, 30Gi, 1, false",
        "memory, 16Gi, 1, true",
        "memory, 9Gi, 3, false"
    })
    void theSumOfARefusalAddsUp(String key, String wanted, int jobsPerNode, boolean docker) {
        var stack = Stacks.minimal()
                .with("queues.big." + key, wanted)
                .with("queues.big.jobsPerNode", String.valueOf(jobsPerNode))
                .with("queues.big.can", docker ? "[docker]" : "[]");

        assertThat(problems(stack)).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(Stacks.FLEET + ".queues.big." + key);
            var sum = SUM.matcher(problem.message());
            assertThat(sum).matches();
            long node = Long.parseLong(sum.group(key)) - Long.parseLong(sum.group(key + "Gke"));
            var share = node / Integer.parseInt(sum.group("jobs")) - Long.parseLong(sum.group(key + "Agent"));
            assertThat(Long.parseLong(sum.group("most"))).isEqualTo(sum.group("docker") == null ? share : share / 2);
        });
    }

    @Test
    void whatDoesNotFitInTwoWaysIsToldTwice() {
        var stack = Stacks.minimal().with("queues.big.cpu", "8").with("queues.big.memory", "30Gi");

        assertThat(problems(stack))
                .extracting(problem -> problem.path().substring(Stacks.FLEET.length()))
                .containsExactly(".queues.big.cpu", ".queues.big.memory");
    }

    @ParameterizedTest
    @CsvSource({"cpu, 49m, 50m", "memory, 127Mi, 128Mi"})
    void aJobNeedsEnoughForAShell(String key, String wanted, String least) {
        at("queues.big." + key, wanted, "must be at least " + least + ", got " + wanted)
                .isReportedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"e2-micro", "n1-custom-1-1024"})
    void aMachineThatIsTooSmallForAnyJobIsRefused(String machine) {
        var bad = at("pools.big.machineType", machine, "does not fit: a job would get ", "at least 50m CPU, 128Mi");

        BadStack.of(machine, bad.stack(), "queues.big.pool", bad.parts().toArray(String[]::new))
                .isReportedOnce();
    }

    @Test
    void aNodeIsNotDividedIntoCrumbs() {
        at("queues.big.jobsPerNode", "80", "does not fit: a job would get 17m CPU, 123Mi", "÷ 80 a node")
                .isReportedOnce();
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 2", "4, 1"})
    void gpusAreSharedOutWhole(int jobsPerNode, int gpus) {
        var queue = queue(Stacks.minimal()
                .with("pools.big.accelerator", "{type: nvidia-tesla-t4, count: 4}")
                .with("queues.big.jobsPerNode", String.valueOf(jobsPerNode)));

        assertThat(queue.job().gpus()).isEqualTo(gpus);
        assertThat(queue.jobsPerNode()).isEqualTo(jobsPerNode);
    }

    @Test
    void noMoreJobsShareANodeThanThereAreGpus() {
        var queue = queue(Stacks.minimal()
                .with("pools.big.accelerator", "{type: nvidia-tesla-t4, count: 2}")
                .with("queues.big", "{pool: big, jobsPerNode: 2, cpu: 500m, memory: 1Gi}"));

        assertThat(queue.jobsPerNode()).isEqualTo(2);
    }

    @Test
    void gpusThatCannotBeSharedOutEvenlyAreRefused() {
        var gpus = Stacks.minimal().with("pools.big.accelerator", "{type: nvidia-tesla-t4, count: 4}");

        BadStack.of(
                        "3 jobs, 4 GPUs",
                        gpus.with("queues.big.jobsPerNode", "3"),
                        "queues.big.jobsPerNode",
                        "must divide the 4 GPUs of a node of pool big evenly, got 3")
                .isReportedOnce();
        BadStack.of(
                        "2 jobs, 1 GPU",
                        gpus.with("pools.big.accelerator.count", "1").with("queues.big.jobsPerNode", "2"),
                        "queues.big.jobsPerNode",
                        "must divide the 1 GPU of a node of pool big evenly, got 2")
                .isReportedOnce();
    }

    private static JobPod job(Stacks stack) {
        return queue(stack).job();
    }

    private static Queue queue(Stacks stack) {
        return FleetResolver.resolve(stack).queues().get(0);
    }
}
