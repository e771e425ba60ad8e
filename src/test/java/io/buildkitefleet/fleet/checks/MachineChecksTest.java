package io.buildkitefleet.fleet.checks;

import static io.buildkitefleet.testing.BadStack.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cloud.LocalSsds;
import io.buildkitefleet.cloud.MachineSeries;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineChecksTest {
    private static final String MACHINE = "buildkite-fleet:fleet.pools.big.machineType";

    /** What Google refuses, and what would be nonsense. */
    @ParameterizedTest
    @MethodSource("refused")
    void whatGoogleRefusesIsRefused(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> refused() {
        return Stream.of(
                big("n1-standard-8, accelerator: {type: nvidia-tesla-t4, count: 3}", "accelerator.count", "1, 2, 4"),
                big(
                        "n1-standard-64, accelerator: {type: nvidia-tesla-t4, count: 2}",
                        "accelerator.count",
                        "is too small for n1-standard-64: 2 × nvidia-tesla-t4 go with at most 48 vCPUs and 312 GiB, got 2"),
                big(
                        "a2-highgpu-2g, accelerator: {type: nvidia-tesla-a100, count: 1}",
                        "accelerator",
                        "must be 2 × nvidia-tesla-a100 on a2-highgpu-2g, got 1"),
                big("a3-highgpu-8g", "accelerator", "is missing: a3-highgpu-8g has 8 × nvidia-h100-80gb"),
                big(
                        "n4-custom-8-16384, accelerator: {type: nvidia-tesla-t4, count: 3}",
                        "accelerator",
                        "cannot be attached to n4-custom-8-16384, got nvidia-tesla-t4; n1 machines take"),
                big(
                        "c4-standard-12, accelerator: {type: nvidia-l4}",
                        "accelerator",
                        "cannot be attached to c4-standard-12, got nvidia-l4; ",
                        "g2 machines have nvidia-l4"),
                big(
                        "n4-standard-6, accelerator: {type: nvidia-teslaa-t4, count: 16}",
                        "accelerator",
                        "cannot be attached to n4-standard-6, got nvidia-teslaa-t4"),
                big(
                        "a3-ultragpu-8g, size: {vcpus: 224, memory: 2952Gi}, accelerator: {type: nvidia-tesla-t4, count: 8}",
                        "accelerator.type",
                        "cannot be in a3-ultragpu-8g, got nvidia-tesla-t4; n1 machines take"),
                big(
                        "a3-ultragpu-8g, size: {vcpus: 224, memory: 2952Gi}, accelerator: {type: nvidia-h200-141gb, count: 3}",
                        "accelerator.count",
                        "must be 8, which is what the name a3-ultragpu-8g says, got 3"),
                big(
                        "a2-highgpu-16g, size: {vcpus: 192, memory: 1360Gi}, accelerator: {type: nvidia-a100-80gb, count: 16}",
                        "accelerator.type",
                        "must be nvidia-tesla-a100, as in other machines with such a name, got nvidia-a100-80gb"),
                big(
                        "a4-highgpu-8g, size: {vcpus: 224, memory: 3968Gi}",
                        "accelerator",
                        "is missing: the name a4-highgpu-8g says that it has 8; write accelerator: {type: TYPE, count: 8}",
                        "nvidia-b200"),
                big(
                        "a4x-highgpu-4g-nolssd, size: {vcpus: 140, memory: 884Gi}, accelerator: {type: nvidia-gb200, count: 8}",
                        "accelerator.count",
                        "must be 4, which is what the name a4x-highgpu-4g-nolssd says, got 8"),
                big("c4-standard-8, localSsds: 1", "localSsds", "must be 0 for c4-standard-8, got 1"),
                big("c4-standard-8-lssd, localSsds: 2", "localSsds", "c4-standard-8-lssd has 1 of its own, got 2"),
                big("c4a-standard-8, diskType: pd-ssd", "diskType", "must be hyperdisk-balanced", "got pd-ssd"),
                big(
                        "c3-highmem-192-metal, diskType: pd-balanced",
                        "diskType",
                        "must be hyperdisk-balanced for c3-highmem-192-metal, got pd-balanced"),
                big(
                        "n2d-custom-6-12288",
                        "machineType",
                        "custom types of n2d have as vCPUs 2, or 4, or 8, or 16 to 96 in steps of 16"),
                big("e2-custom-4-40960-ext", "machineType", "and no extended memory (-ext)"),
                big("c3-custom-4-8192", "machineType", "with a series of e2, g2, n1, n2, n2d, n4, n4a, n4d,"),
                big("n1-standard-3", "machineType", "n1-standard has the sizes 1, 2, 4, 8, 16, 32, 64, 96"),
                big(
                        "a4-highgpu-8g",
                        "machineType",
                        "is not a machine type of which the fleet knows the size",
                        "if Google has it, say size: {vcpus: 8, memory: 32Gi}; the list is of 2026-07-30"),
                big("m5-large", "machineType", "known families: "),
                big(
                        "n1-standard-8, size: {vcpus: 8, memory: 30Gi}",
                        "size",
                        "has no use: n1-standard-8 has 8 vCPUs and 30720Mi, got 8 vCPUs and 30720Mi"),
                big(
                        "n1-standard-8, size: {vcpus: 80, memory: 30Gi}",
                        "size",
                        "is wrong: n1-standard-8 has 8 vCPUs and 30720Mi, got 80 vCPUs and 30720Mi"),
                big(
                        "n4-custom-2-16384, size: {vcpus: 4, memory: 16Gi}",
                        "size",
                        "is wrong: n4-custom-2-16384 has 2 vCPUs and 16384Mi, got 4 vCPUs and 16384Mi"),
                big(
                        "c4-standard-7, size: {vcpus: 700, memory: 2800Gi}",
                        "size.vcpus",
                        "must be 7, which is what the name c4-standard-7 says, got 700"),
                big(
                        "c9-standard-8-lssd, size: {vcpus: 80, memory: 32Gi}",
                        "size.vcpus",
                        "must be 8, which is what the name c9-standard-8-lssd says, got 80"),
                big(
                        "c4-standard-7, size: {vcpus: 7, memory: 260Gi}",
                        "size.memory",
                        "must be 24576Mi to 27648Mi, as much for each vCPU as other types named c4-standard have, got 266240Mi"),
                big("n4-highcpu-6, size: {vcpus: 6, memory: 6Gi}", "size.memory", "12288Mi to 12288Mi", "got 6144Mi"),
                big(
                        "n1-standard-3, size: {vcpus: 3, memory: 11Gi}",
                        "machineType",
                        "n1-standard has the sizes 1, 2, 4, 8, 16, 32, 64, 96; the list is of"),
                big("a4-highgpu-8g, size: {vcpus: 224}", "size.memory", "is missing"));
    }

    private static BadStack big(String machine, String key, String... parts) {
        return at("pools.big", "{max: 4, machineType: " + machine + "}", parts).below(key);
    }

    @ParameterizedTest
    @CsvSource({
        "n1-standard-8, PD_BALANCED",
        "c3-standard-8, PD_BALANCED",
        "c3-standard-192-metal, HYPERDISK_BALANCED",
        "c4-standard-8, HYPERDISK_BALANCED",
        "c4d-standard-8, HYPERDISK_BALANCED",
        "n4-standard-8, HYPERDISK_BALANCED",
        "n4d-standard-8, HYPERDISK_BALANCED",
        "c4a-standard-8, HYPERDISK_BALANCED"
    })
    void theDiskFollowsFromTheMachine(String machine, DiskType disk) {
        assertThat(pool(with(machine)).diskType()).isEqualTo(disk);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"n1-standard-8", "c4-standard-8", "n4d-highmem-8", "c3d-standard-8-lssd", "n2-custom-8-16384"})
    void ofWhatIsKnownNothingIsWarned(String machine) {
        assertThat(warnings(with(machine))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"t2a-standard-8", "c4a-standard-8", "n4a-standard-8"})
    void imagesOfArmNodesAreSaidToNeedTheirArchitecture(String machine) {
        assertThat(warnings(with(machine).with("queues.small", "{pool: big}")))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.path()).isEqualTo(MACHINE);
                    assertThat(warning.message())
                            .startsWith("is \"" + machine
                                    + "\", whose nodes are arm64: every image that jobs of big, small ");
                });
    }

    @Test
    void theSandboxOnArmIsNotKnown() {
        assertThat(warnings(with("c4a-standard-8").with("pools.big.sandbox", "gvisor")))
                .extracting(Problem::path)
                .containsExactly(MACHINE, "buildkite-fleet:fleet.pools.big.sandbox");
    }

    @Test
    void aMachineThatNobodyListedIsReckonedWithByItsName() {
        var stack = with("c9-standard-8");

        assertThat(warnings(stack))
                .extracting(Problem::message)
                .satisfiesExactly(
                        message -> assertThat(message)
                                .startsWith(
                                        "is left out, and the fleet does not know what c9-standard-8 boots from; it takes pd-balanced"),
                        message -> assertThat(message)
                                .startsWith(
                                        "is not a machine type that the fleet knows, got \"c9-standard-8\"; jobs are sized for "
                                                + "8 vCPUs, as its name says, and 28672Mi, the least that types of such names have; "
                                                + "known families: ")
                                .contains("the list is of 2026-07-30"));
        assertThat(FleetResolver.resolve(stack)
                        .queues()
                        .get(0)
                        .job()
                        .command()
                        .cpu()
                        .millis())
                .isEqualTo(FleetResolver.resolve(with("n2-standard-8"))
                        .queues()
                        .get(0)
                        .job()
                        .command()
                        .cpu()
                        .millis());
    }

    @Test
    void aPersonMaySayTheSizeOfAMachineThatNobodyListed() {
        var stack = with("a4-highgpu-8g")
                .with("pools.big.size", "{vcpus: 224, memory: 3968Gi}")
                .with("pools.big.accelerator", "{type: nvidia-b200, count: 8}")
                .with("pools.big.diskType", "hyperdisk-balanced");

        assertThat(warnings(stack))
                .filteredOn(warning -> warning.path().equals(MACHINE))
                .singleElement()
                .isEqualTo(new Problem(
                        MACHINE,
                        "is not a machine type that the fleet knows, got \"a4-highgpu-8g\"; jobs are sized for 224 vCPUs and "
                                + "4063232Mi, as size says, and GKE refuses the pool if there is no such type; nothing is known of "
                                + "the series a4; " + MachineSeries.asOf()));
        assertThat(pool(stack).machine().vcpus()).isEqualTo(224);
        assertThat(pool(stack).forJobs().cpu().millis()).isGreaterThan(220_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n4-standart-4 | {vcpus: 4, memory: 16Gi} | known families: n4-highcpu, n4-highmem, n4-standard;",
                "c4-standard-7 | {vcpus: 7, memory: 26Gi} | c4-standard has the sizes 2, 4, 4-lssd, 8,",
                "c4d-highcpu-12 | {vcpus: 12, memory: 22Gi} | c4d-highcpu has the sizes 2, 4, 8,",
                "c3-highmem-66 | {vcpus: 66, memory: 528Gi} | c3-highmem has the sizes 4, 8, 22,"
            })
    void aSizeSilencesNoDoubtOfTheName(String machine, String size, String known) {
        assertThat(warnings(with(machine).with("pools.big.size", size)))
                .filteredOn(warning -> warning.path().equals(MACHINE))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("is not a machine type that the fleet knows, got \"" + machine + "\"; jobs are sized for ")
                .contains("as size says", known);
    }

    /** C3D is known to boot from balanced disks, and not what it would without a hypervisor. */
    @Test
    void whatUnknownBareMetalBootsFromIsNotTakenFromItsSeries() {
        assertThat(warnings(with("c3d-standard-360-metal")))
                .extracting(Problem::message)
                .anyMatch(message -> message.startsWith(
                        "is left out, and the fleet does not know what c3d-standard-360-metal boots from"));
    }

    @Test
    void aDiskThatAPersonNamesForAnUnknownMachineIsTheirs() {
        assertThat(warnings(with("c9-standard-8").with("pools.big.diskType", "hyperdisk-balanced")))
                .extracting(Problem::path)
                .containsExactly(MACHINE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a4-highgpu-8g | nvidia-b200 | which GPUs machines of the series a4 have; the list is of",
                "a4-highgpu-8g | amd-instinct-mi300x | which GPUs machines of the series a4 have; GPUs that the fleet knows are nvidia-",
                "a4-highgpu-8g | nvidia-b20 | which GPUs machines of the series a4 have; did you mean 'nvidia-b200'?",
                "a3-ultragpu-8g | nvidia-h200-141gb | whether a3-ultragpu-8g has it: other machines of the series a3 have nvidia-h100-80gb or"
            })
    void gpusOfWhichNothingIsKnownAreAWarning(String machine, String gpu, String unknown) {
        var stack = with(machine)
                .with("pools.big.size", "{vcpus: 224, memory: 3968Gi}")
                .with("pools.big.accelerator", "{type: " + gpu + ", count: 8}");

        assertThat(warnings(stack))
                .filteredOn(warning -> warning.path().equals("buildkite-fleet:fleet.pools.big.accelerator.type"))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("is " + gpu + ", and the fleet does not know " + unknown);
    }

    @Test
    void gpusThatTheSeriesHasAreNotDoubted() {
        var stack = with("g2-custom-6-24576").with("pools.big.accelerator", "{type: nvidia-l4}");

        assertThat(warnings(stack)).extracting(Problem::path).noneMatch(path -> path.contains("accelerator"));
    }

    @Test
    void gpusThatAMachineHasByItsSeriesAloneAreMissed() {
        assertThat(warnings(with("g2-custom-6-24576")))
                .extracting(Problem::message)
                .contains("is missing, and machines of the series g2 have nvidia-l4; the fleet does not know how many"
                        + " g2-custom-6-24576 has");
    }

    @Test
    void limitsOfCustomTypesThatAreNotKnownAreAWarning() {
        assertThat(warnings(with("n4-custom-32-98304")))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("is \"n4-custom-32-98304\", and the fleet does not know the limits of custom types of n4");
    }

    @Test
    void localSsdsOfAMachineOfWhichNothingIsKnownAreAWarning() {
        var stack = with("c2-standard-8").with("pools.big.localSsds", "2");

        assertThat(warnings(stack))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("is 2, and the fleet does not know how many c2-standard-8 takes; ");
        assertThat(pool(stack).localSsds()).isEqualTo(2);
    }

    @Test
    void localSsdsThatAreAPartOfTheMachineHoldWhatJobsWrite() {
        var pool = pool(with("c3d-highmem-8-lssd"));

        assertThat(pool.localSsds()).isEqualTo(1);
        assertThat(pool.allocatable().disk()).isEqualTo(LocalSsds.allocatable(1));
        assertThat(warnings(with("c3d-highmem-8-lssd").with("pools.big.localSsds", "1")))
                .isEmpty();
    }

    private static Stacks with(String machine) {
        return Stacks.minimal().with("pools.big.machineType", machine);
    }

    private static Pool pool(Stacks stack) {
        return FleetResolver.resolve(stack).pools().get(0);
    }

    private static List<Problem> warnings(Stacks stack) {
        return FleetResolver.resolve(stack).warnings();
    }
}
