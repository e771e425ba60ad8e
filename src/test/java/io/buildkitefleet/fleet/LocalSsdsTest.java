package io.buildkitefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cloud.LocalSsds;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalSsdsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n1-standard-1 | 1, 2, 3, 4, 5, 6, 7, 8, 16, 24",
                "n2-standard-8 | 1, 2, 4, 8, 16, 24",
                "n2-standard-16 | 2, 4, 8, 16, 24",
                "n2-standard-128 | 16, 24",
                "n2d-standard-16 | 1, 2, 4, 8, 16, 24",
                "n2d-standard-224 | 8, 16, 24"
            })
    void aMachineTakesTheNumbersThatGoogleLists(String machine, String counts) {
        assertThat(MachineType.parse(machine).orElseThrow().addedSsds().orElseThrow())
                .extracting(String::valueOf)
                .containsExactly(counts.split(", "));
    }

    /** 375 GiB less 6.95 of file system, less a tenth, less 50; of three and more GKE keeps 100. */
    @ParameterizedTest
    @CsvSource({"1, 287993", "2, 602336", "3, 916794", "24, 8122841"})
    void whatGkeKeepsOfThemIsNotForPods(int count, long mebibytes) {
        assertThat(LocalSsds.allocatable(count)).isEqualTo(new Memory(mebibytes));
    }

    @Test
    void jobsWriteToThemInPlaceOfTheBootDisk() {
        var stack = Stacks.minimal();
        var boot = FleetResolver.resolve(stack).pools().get(0);
        var ssd = FleetResolver.resolve(stack.with("pools.big.localSsds", "1"))
                .pools()
                .get(0);

        assertThat(ssd.allocatable().disk())
                .isEqualTo(LocalSsds.allocatable(1))
                .isGreaterThan(boot.allocatable().disk());
        assertThat(ssd.forJobs()).isEqualTo(boot.forJobs());
    }

    @Test
    void aNumberThatTheMachineDoesNotTakeIsRefusedWithThoseThatItTakes() {
        assertThat(BadStack.problems(Stacks.minimal().with("pools.big.localSsds", "9")))
                .extracting(Problem::message)
                .containsExactly("must be one of 1, 2, 3, 4, 5, 6, 7, 8, 16, 24 " + "for n1-standard-8, got 9");
        assertThat(BadStack.problems(Stacks.minimal()
                        .with("pools.big.machineType", "e2-standard-8")
                        .with("pools.big.localSsds", "1")))
                .extracting(Problem::message)
                .containsExactly(
                        "must be 0 for e2-standard-8, got 1; machines of the series n1, n2, n2d take local SSDs, "
                                + "and types whose names end in -lssd have some");
    }
}
