package io.buildkitefleet.fleet.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cloud.MachineSeries;
import io.buildkitefleet.cloud.QuotaNames;
import io.buildkitefleet.fleet.Quota;
import io.buildkitefleet.fleet.UnknownQuota;
import io.buildkitefleet.testing.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaPlanTest {
    /**
     * Of each group of nodes one more than its max, while it is upgraded: 5 spot and 5 on-demand nodes of 8 vCPUs and
     * 100 GB, and 3 + 1 system nodes of 2 vCPUs and 50 GB.
     */
    @Test
    void theMinimalFleetNeedsItsPoolItsFallbackAndTheSystemNodes() {
        assertThat(FleetResolver.resolve(Stacks.minimal()).quotas())
                .containsExactly(
                        new Quota("CPUS", 5 * 8 + 4 * 2),
                        new Quota("CPUS_ALL_REGIONS", 2 * 5 * 8 + 4 * 2),
                        new Quota("INSTANCES", 5 + 5 + 4),
                        new Quota("NETWORKS", 1),
                        new Quota("PREEMPTIBLE_CPUS", 5 * 8),
                        new Quota("SSD_TOTAL_GB", 10 * 100 + 4 * 50),
                        new Quota("STATIC_ADDRESSES", 1));
    }

    @Test
    void theDisksOfTheCachesAreCounted() {
        var stack = Stacks.minimal().with("caches", "{bazel: {sizeGb: 300}, go: {sizeGb: 20}}");

        assertThat(FleetResolver.resolve(stack).quotas()).contains(new Quota("SSD_TOTAL_GB", 10 * 100 + 4 * 50 + 320));
    }

    @Test
    void theDisksOfGitMirrorsAreCounted() {
        var stack = Stacks.minimal()
                .with("pools.big.zones", "[us-west1-a]")
                .with("checkout.gitMirror", "disk")
                .with("checkout.mirrorDisk", "{sizeGb: 30, image: 'a:1', repositories: ['https://github.com/a/b']}");

        assertThat(FleetResolver.resolve(stack).quotas())
                .as("the disk in use, the one before it, and the next")
                .contains(new Quota("SSD_TOTAL_GB", 10 * 100 + 4 * 50 + 3 * 30), new Quota("SNAPSHOTS", 2));
    }

    @Test
    void gpusAreCountedWithAndWithoutTheFallback() {
        var stack = Stacks.minimal().with("pools.big.accelerator", "{type: nvidia-tesla-t4, count: 2}");

        assertThat(FleetResolver.resolve(stack).quotas())
                .contains(
                        new Quota("PREEMPTIBLE_NVIDIA_T4_GPUS", 5 * 2),
                        new Quota("NVIDIA_T4_GPUS", 5 * 2),
                        new Quota("GPUS_ALL_REGIONS", 2 * 5 * 2));
    }

    @ParameterizedTest
    @CsvSource({
        "e2-standard-8, on-demand, pd-standard, CPUS, 48, DISKS_TOTAL_GB, 500",
        "n2d-standard-8, on-demand, pd-standard, N2D_CPUS, 40, DISKS_TOTAL_GB, 500",
        "c3-standard-8, on-demand, hyperdisk-balanced, C3_CPUS, 40, HDB_TOTAL_GB, 500",
        "t2a-standard-8, on-demand, pd-standard, T2A_CPUS, 40, DISKS_TOTAL_GB, 500",
        "c4a-standard-8, on-demand, hyperdisk-balanced, CPUS_PER_VM_FAMILY:C4A, 40, HDB_TOTAL_GB, 500",
        "c4-standard-8, on-demand, hyperdisk-balanced, CPUS_PER_VM_FAMILY:C4, 40, HDB_TOTAL_GB, 500",
        "c3d-standard-8, on-demand, pd-ssd, CPUS_PER_VM_FAMILY:C3D, 40, SSD_TOTAL_GB, 700",
        "c4d-standard-8, on-demand, hyperdisk-balanced, CPUS_PER_VM_FAMILY:C4D, 40, HDB_TOTAL_GB, 500",
        "n4-standard-8, on-demand, hyperdisk-balanced, CPUS_PER_VM_FAMILY:N4, 40, HDB_TOTAL_GB, 500",
        "n4-standard-8, spot, hyperdisk-balanced, PREEMPTIBLE_CPUS, 40, HDB_TOTAL_GB, 500",
        "n2d-standard-8, spot, pd-ssd, PREEMPTIBLE_CPUS, 40, SSD_TOTAL_GB, 700"
    })
    void eachSeriesAndEachDiskHasItsQuota(
            String machine, String capacity, String diskType, String cpus, int vcpus, String disks, int gigabytes) {
        var stack = Stacks.minimal()
                .with(
                        "pools.big",
                        "{max: 4, fallback: none, machineType: " + machine + ", capacity: " + capacity + ", diskType: "
                                + diskType + "}");

        assertThat(FleetResolver.resolve(stack).quotas()).contains(new Quota(cpus, vcpus), new Quota(disks, gigabytes));
    }

    @ParameterizedTest
    @CsvSource({
        "g2-standard-24, nvidia-l4, 2, on-demand, NVIDIA_L4_GPUS",
        "g2-standard-24, nvidia-l4, 2, spot, PREEMPTIBLE_NVIDIA_L4_GPUS",
        "a2-highgpu-1g, nvidia-tesla-a100, 1, on-demand, NVIDIA_A100_GPUS",
        "a2-ultragpu-2g, nvidia-a100-80gb, 2, on-demand, NVIDIA_A100_80GB_GPUS",
        "a3-highgpu-8g, nvidia-h100-80gb, 8, on-demand, GPUS_PER_GPU_FAMILY:NVIDIA_H100",
        "a3-highgpu-8g, nvidia-h100-80gb, 8, spot, PREEMPTIBLE_NVIDIA_H100_GPUS",
        "a3-megagpu-8g, nvidia-h100-mega-80gb, 8, on-demand, GPUS_PER_GPU_FAMILY:NVIDIA_H100_MEGA",
        "a3-megagpu-8g, nvidia-h100-mega-80gb, 8, spot, PREEMPTIBLE_NVIDIA_H100_MEGA_GPUS",
        "g4-standard-48, nvidia-rtx-pro-6000, 1, on-demand, GPUS_PER_GPU_FAMILY:NVIDIA_RTX_PRO_6000",
        "g4-standard-48, nvidia-rtx-pro-6000, 1, spot, PREEMPTIBLE_NVIDIA_RTX_PRO_6000_GPUS"
    })
    void eachGpuHasItsQuota(String machine, String gpu, int count, String capacity, String metric) {
        var stack = withGpus(machine, gpu, count, capacity);

        assertThat(FleetResolver.resolve(stack).quotas())
                .contains(new Quota(metric, 2L * count), new Quota("GPUS_ALL_REGIONS", 2L * count));
        assertThat(FleetResolver.resolve(stack).unknownQuotas()).isEmpty();
    }

    /** 4 system nodes of 2 vCPUs are all that count. */
    @ParameterizedTest
    @CsvSource({
        "g2-standard-24, nvidia-l4, 2, on-demand",
        "a2-highgpu-1g, nvidia-tesla-a100, 1, spot",
        "a3-highgpu-8g, nvidia-h100-80gb, 8, on-demand"
    })
    void ofMachinesWithGpusOfTheirOwnGoogleCountsNoVcpus(String machine, String gpu, int count, String capacity) {
        assertThat(FleetResolver.resolve(withGpus(machine, gpu, count, capacity))
                        .quotas())
                .contains(new Quota("CPUS", 4 * 2), new Quota("CPUS_ALL_REGIONS", 4 * 2))
                .extracting(Quota::metric)
                .doesNotContain("PREEMPTIBLE_CPUS", "A2_CPUS");
    }

    private static Stacks withGpus(String machine, String gpu, int count, String capacity) {
        return Stacks.minimal()
                .with(
                        "pools.big",
                        "{max: 1, fallback: none, capacity: " + capacity + ", diskType: pd-ssd, machineType: " + machine
                                + ", accelerator: {type: " + gpu + ", count: " + count + "}}");
    }

    @Test
    void everyGpuOfAKnownMachineHasAQuotaOfAKnownName() {
        assertThat(MachineSeries.all().values()).allSatisfy(series -> assertThat(QuotaNames.gpus())
                .containsAll(series.ownGpus())
                .containsAll(series.gpus().keySet()));
    }

    @Test
    void aGpuAndASeriesWithoutAKnownQuotaAreSaidToHaveNone() {
        var stack = Stacks.minimal()
                .with(
                        "pools.big",
                        "{max: 1, capacity: on-demand, diskType: pd-ssd, machineType: a9-highgpu-4g, size: {vcpus: 96, memory:"
                                + " 900Gi}, accelerator: {type: nvidia-z900, count: 4}}");
        var fleet = FleetResolver.resolve(stack);

        assertThat(fleet.unknownQuotas())
                .containsExactly(
                        new UnknownQuota("GPUs nvidia-z900", "8 are needed, and the name of their quota is not known"),
                        new UnknownQuota("vCPUs of a9", "192 are needed, and the name of their quota is not known"));
        assertThat(fleet.quotas())
                .contains(new Quota("GPUS_ALL_REGIONS", 8), new Quota("CPUS_ALL_REGIONS", 192 + 4 * 2))
                .noneMatch(quota ->
                        quota.metric().contains("Z900") || quota.metric().contains("A9"));
    }

    /** Both are quotas of Google's; what a disk takes of them where nobody asked for a performance is in no source. */
    @Test
    void ofHyperdiskTheOtherQuotasAreNamedWithoutAnAmount() {
        assertThat(FleetResolver.resolve(Stacks.minimal().with("pools.big.machineType", "n4-standard-8"))
                        .unknownQuotas())
                .extracting(UnknownQuota::what)
                .containsExactly("HDB_TOTAL_IOPS", "HDB_TOTAL_THROUGHPUT");
    }

    @Test
    void theLargestFleetDoesNotOverflow() {
        var stack = Stacks.minimal()
                .with("pools.big", "{max: 1000, machineType: c3d-standard-360, diskGb: 65536}")
                .with("network.pods", "10.64.0.0/12")
                .with("network.natAddresses", "4");

        assertThat(FleetResolver.resolve(stack).quotas())
                .contains(
                        new Quota("CPUS_PER_VM_FAMILY:C3D", 1001 * 360),
                        new Quota("SSD_TOTAL_GB", 2 * 1001 * 65_536L + 4 * 50));
    }

    @Test
    void staticAddressesAreThoseOfTheNat() {
        assertThat(FleetResolver.resolve(Stacks.minimal().with("network.natAddresses", "3"))
                        .quotas())
                .contains(new Quota("STATIC_ADDRESSES", 3));
    }
}
