package io.buildkitefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.value.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocatableTest {
    /** As kubectl describe node prints it. */
    @ParameterizedTest
    @CsvSource({
        "n1-standard-1, 940",
        "n1-standard-2, 1930",
        "n1-standard-4, 3920",
        "n1-standard-8, 7910",
        "e2-medium, 940",
        "e2-standard-8, 7910",
        "n2d-standard-8, 7910"
    })
    void cpuIsExactlyWhatNodesHave(String machine, int millis) {
        assertThat(of(machine, 100).resources().cpu().millis()).isEqualTo(millis);
    }

    @Test
    void ofEachVcpuBeyondTheFourthGkeTakesAQuarterPercent() {
        assertThat(of("n1-standard-16", 100).resources().cpu().millis()).isEqualTo(15_890);
        assertThat(of("g2-standard-12", 100).resources().cpu().millis()).isEqualTo(11_900);
    }

    /** The least that was seen of each: of the first, 2645.4 MiB on one node and 2.56 GiB in a table. */
    @ParameterizedTest
    @CsvSource({
        "n1-standard-1, 2.56",
        "n1-standard-2, 5.48",
        "n1-standard-4, 12.07",
        "n1-standard-8, 25.89",
        "e2-medium, 2.73"
    })
    void memoryIsNeverMoreThanNodesHaveAndWithinTwoPercentOfIt(String machine, double gibibytes) {
        var observed = gibibytes * 1024;

        assertThat((double) of(machine, 100).resources().memory().mebibytes()).isBetween(0.98 * observed, observed);
    }

    @Test
    void aDiskOf100GbLeaves43GiBAsOnARealNode() {
        var observed = 47_060_071_478L / (1024.0 * 1024);

        assertThat((double) of("n1-standard-1", 100).disk().mebibytes()).isBetween(0.999 * observed, 1.001 * observed);
    }

    /** A tenth of the file system, and 6 GiB and 35 % of the disk, but never more than 100 GiB, is not for pods. */
    @ParameterizedTest
    @CsvSource({"50, 16.325", "100, 43.825", "200, 98.825", "500, 344.825", "1000, 794.825", "65536, 58877.225"})
    void whatGkeReservesOfADiskIsBounded(int gigabytes, double gibibytes) {
        assertThat(of("n1-standard-1", gigabytes).disk()).isEqualTo(new Memory((long) (gibibytes * 1024)));
    }

    private static Allocatable of(String machine, int diskGb) {
        return Allocatable.of(MachineType.parse(machine).orElseThrow(), diskGb);
    }
}
