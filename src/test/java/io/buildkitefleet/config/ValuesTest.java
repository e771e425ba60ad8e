package io.buildkitefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.Memory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "1m, 1",
        "500m, 500",
        "9999999m, 9999999",
        "1, 1000",
        "2, 2000",
        "0.5, 500",
        "1.25, 1250",
        "0.001, 1",
        "9999.999, 9999999",
        "1., 1000",
        ".5, 500",
        "+2, 2000",
        "1.2500, 1250",
        "1k, 1000000",
        "1e3, 1000000",
        "2E-1, 200",
        "4e+00, 4000",
        "500000u, 500",
        "1Ki, 1024000"
    })
    void cpuIsReadAsKubernetesWritesIt(String text, int millis) {
        assertThat(Cpu.parse(text)).contains(new Cpu(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "0", "0m", "0.0", "-1", "1.2345", "1.5m", "m", ".", "1 m", "10000", "1e999", "1M", "1K", "1gi", "٣"
            })
    void whatIsNoCpuIsRefused(String text) {
        assertThat(Cpu.parse(text)).isEmpty();
    }

    @Test
    void cpuIsPrintedInMillicores() {
        assertThat(new Cpu(1500)).hasToString("1500m");
        assertThat(new Cpu(1500).plus(new Cpu(500)).minus(new Cpu(250))).hasToString("1750m");
        assertThat(new Cpu(999)).isLessThan(new Cpu(1000));
    }

    @ParameterizedTest
    @CsvSource({
        "1Mi, 1",
        "512Mi, 512",
        "4Gi, 4096",
        "1.5Gi, 1536",
        "1Ti, 1048576",
        "7.5Ei, 8246337208320",
        "2000000Ki, 1954",
        "4G, 3815",
        "4e9, 3815",
        "4294967296, 4096",
        "4294967296000m, 4096",
        "1048577, 2"
    })
    void memoryIsReadAsKubernetesWritesItAndRoundedUp(String text, long mebibytes) {
        assertThat(Memory.parse(text)).contains(new Memory(mebibytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0Mi", "4", "1048575", "4m", "4GB", "4gi", "4K", "4 Gi", "-1Gi", "8Ei", "1e99", "Gi"})
    void whatIsNoMemoryIsRefused(String text) {
        assertThat(Memory.parse(text)).isEmpty();
    }

    @Test
    void memoryOfAMachineIsRoundedDown() {
        assertThat(Memory.NOTATION_OF_SIZE.parse("4G")).contains(new Memory(3814));
        assertThat(Memory.NOTATION_OF_SIZE.parse("30Gi")).contains(new Memory(30720));
    }

    @Test
    void memoryIsPrintedInMebibytes() {
        assertThat(Memory.gibibytes(2)).hasToString("2048Mi");
        assertThat(Memory.gibibytes(2).minus(new Memory(48)).plus(new Memory(1)))
                .hasToString("2001Mi");
        assertThat(new Memory(1023)).isLessThan(Memory.gibibytes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 4294967296",
        "10.0.0.0/8, 16777216",
        "10.0.0.0/20, 4096",
        "172.16.0.16/28, 16",
        "255.255.255.255/32, 1",
        "128.0.0.0/1, 2147483648"
    })
    void aRangeIsReadAndPrintedAsItIsWritten(String text, long size) {
        assertThat(Cidr.parse(text)).hasValueSatisfying(range -> {
            assertThat(range).hasToString(text);
            assertThat(range.size()).isEqualTo(size);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0/8",
                "10.0.0.0.0/8",
                "10.0.0.0/33",
                "10.0.0.0/99",
                "10.0.0.0/-1",
                "10.0.0.256/32",
                "010.0.0.0/8",
                "10.0.0.0/08",
                "999.0.0.0/8",
                "10.0.0.1/31",
                "10.0.0.1/0",
                "10.128.0.0/8",
                " 10.0.0.0/8",
                "fd00::/8"
            })
    void whatIsNoRangeIsRefused(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/20, 10.0.0.0/20, true",
        "10.0.0.0/8, 10.8.0.0/20, true",
        "10.0.15.0/24, 10.0.0.0/20, true",
        "10.0.16.0/24, 10.0.0.0/20, false",
        "9.255.255.0/24, 10.0.0.0/8, false",
        "0.0.0.0/0, 255.255.255.255/32, true",
        "10.0.0.0/32, 10.0.0.1/32, false"
    })
    void rangesOverlapWhenTheyShareAnAddress(String one, String other, boolean overlap) {
        var first = Cidr.parse(one).orElseThrow();
        var second = Cidr.parse(other).orElseThrow();

        assertThat(first.overlaps(second)).isEqualTo(overlap);
        assertThat(second.overlaps(first)).isEqualTo(overlap);
    }

    @Test
    void privateRangesDoNotOverlap() {
        assertThat(Cidr.PRIVATE_RANGES)
                .hasToString("[10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10]")
                .allSatisfy(range -> assertThat(Cidr.PRIVATE_RANGES.stream().filter(range::overlaps))
                        .isEqualTo(List.of(range)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node:20",
                "ghcr.io/acme/agent:v1.2.3",
                "localhost:5000/agent:1",
                "us-west1-docker.pkg.dev/acme/ci/agent:3.104.0-ubuntu_24",
                "agent@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "agent:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "localhost:5000/node:20-Alpine_3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "agent:latest-lts"
            })
    void anImageWithADigestOrAVersionIsPinned(String image) {
        assertThat(image).matches(Forms.PINNED_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node",
                "node:latest",
                "localhost:5000/node",
                "Node:20",
                "node:20:21",
                "node:@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "node:-20@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "node@sha256:0123456789abcdef"
            })
    void anImageThatIsNoneOrMayBeAnyIsNotPinned(String image) {
        assertThat(image).doesNotMatch(Forms.PINNED_IMAGE);
    }
}
