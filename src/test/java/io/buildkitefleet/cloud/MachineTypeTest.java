package io.buildkitefleet.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.buildkitefleet.config.value.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTypeTest {
    /** A list of all of Google's types with their sizes, where there is one beside the repository. */
    private static final Path PRICES =
            Path.of(System.getProperty("prices.file", "../shared/data/pricing-2026-07-30.yml"));

    private static final Pattern PRICE_LINE = Pattern.compile(" {4}([a-z0-9-]+):| {6}(cpu|ram|local-ssd): ([0-9.]+)");
    private static final Pattern KNOWN = Pattern.compile("[a-z]\\d+[a-z]*-[a-z]+-\\d+g?(-[a-z]+)*");

    @ParameterizedTest
    @CsvSource({
        "n1-standard-1, n1, 1, 3840, 0, 0, ",
        "n1-standard-8, n1, 8, 30720, 0, 0, ",
        "n1-highcpu-2, n1, 2, 1843, 0, 0, ",
        "e2-standard-2, e2, 2, 8192, 0, 0, ",
        "n2d-highcpu-224, n2d, 224, 229376, 0, 0, ",
        "n2-highmem-128, n2, 128, 884736, 0, 0, ",
        "c3d-highcpu-30, c3d, 30, 60416, 0, 0, ",
        "g2-standard-4, g2, 4, 16384, 0, 1, nvidia-l4",
        "g2-standard-32, g2, 32, 131072, 0, 1, nvidia-l4",
        "g2-standard-24, g2, 24, 98304, 0, 2, nvidia-l4",
        "g2-standard-96, g2, 96, 393216, 0, 8, nvidia-l4",
        "c3-standard-192-metal, c3, 192, 786432, 0, 0,",
        "c4-standard-8, c4, 8, 30720, 0, 0,",
        "c4d-highcpu-2, c4d, 2, 3072, 0, 0,",
        "c3d-highmem-8-lssd, c3d, 8, 65536, 1, 0,",
        "c4a-standard-64-lssd, c4a, 64, 262144, 14, 0,",
        "t2a-standard-48, t2a, 48, 196608, 0, 0,",
        "n4d-highmem-96, n4d, 96, 786432, 0, 0,",
        "a2-megagpu-16g, a2, 96, 1392640, 0, 16, nvidia-tesla-a100",
        "a3-highgpu-8g, a3, 208, 1916928, 16, 8, nvidia-h100-80gb"
    })
    void aTypeHasItsSize(String name, String series, int vcpus, long mebibytes, int ssds, int gpus, String gpu) {
        assertThat(MachineType.parse(name))
                .contains(new MachineType(
                        name,
                        series,
                        vcpus,
                        new Memory(mebibytes),
                        false,
                        ssds,
                        gpus,
                        Optional.ofNullable(gpu),
                        MachineType.Source.LIST));
    }

    @ParameterizedTest
    @CsvSource({"e2-micro, 1", "e2-small, 2", "e2-medium, 4"})
    void theSmallestTypesShareACore(String name, int gibibytes) {
        assertThat(MachineType.parse(name)).contains(listed(name, "e2", 2, Memory.gibibytes(gibibytes), true));
    }

    @ParameterizedTest
    @CsvSource({
        "n1-custom-1-1024, n1, 1, 1024, false",
        "n1-custom-6-20480, n1, 6, 20480, false",
        "custom-8-16384, n1, 8, 16384, false",
        "custom-4-30720-ext, n1, 4, 30720, false",
        "n1-custom-2-638976-ext, n1, 2, 638976, false",
        "n1-custom-10-9216, n1, 10, 9216, false",
        "n1-custom-20-18432, n1, 20, 18432, false",
        "n1-custom-90-82944, n1, 90, 82944, false",
        "n2-custom-10-5120, n2, 10, 5120, false",
        "n2-custom-128-884736, n2, 128, 884736, false",
        "n2-custom-36-73728, n2, 36, 73728, false",
        "n2d-custom-4-32768, n2d, 4, 32768, false",
        "e2-custom-16-131072, e2, 16, 131072, false",
        "e2-custom-32-131072, e2, 32, 131072, false",
        "n2-custom-2-655360-ext, n2, 2, 655360, false",
        "e2-custom-micro-1536, e2, 2, 1536, true",
        "e2-custom-medium-8192, e2, 2, 8192, true"
    })
    void aCustomTypeHasTheSizeOfItsName(String name, String series, int vcpus, long mebibytes, boolean shared) {
        assertThat(MachineType.parse(name)).contains(listed(name, series, vcpus, new Memory(mebibytes), shared));
    }

    @ParameterizedTest
    @CsvSource({
        "n4-custom-32-98304, n4, 32, 98304, NAME",
        "n4d-custom-32-524288-ext, n4d, 32, 524288, NAME",
        "g2-custom-6-24576, g2, 6, 24576, NAME",
        "n9-custom-3-1024, n9, 3, 1024, NAME",
        "n4d-standard-128, n4d, 128, 524288, ESTIMATE",
        "c9-standard-8, c9, 8, 28672, ESTIMATE",
        "c9x-highmem-8-lssd, c9x, 8, 53248, ESTIMATE",
        "c9-enormousmem-10, c9, 10, 9215, ESTIMATE"
    })
    void ofWhatIsNotListedTheNameSaysTheSize(
            String name, String series, int vcpus, long mebibytes, MachineType.Source source) {
        assertThat(MachineType.parse(name)).hasValueSatisfying(machine -> {
            assertThat(machine.series()).isEqualTo(series);
            assertThat(machine.vcpus()).isEqualTo(vcpus);
            assertThat(machine.memory()).isEqualTo(new Memory(mebibytes));
            assertThat(machine.source()).isEqualTo(source);
        });
    }

    private static MachineType listed(String name, String series, int vcpus, Memory memory, boolean sharedCore) {
        return new MachineType(
                name, series, vcpus, memory, sharedCore, 0, 0, Optional.empty(), MachineType.Source.LIST);
    }

    @Test
    void noEstimateIsLargerThanATypeOfSuchAName() {
        assertThat(MachineType.all())
                .filteredOn(machine -> machine.name().matches("[a-z0-9]+-[a-z]+-\\d+(-lssd)?"))
                .hasSizeGreaterThan(300)
                .allSatisfy(machine -> {
                    var unknown = "x9" + machine.name().substring(machine.name().indexOf('-'));
                    assertThat(MachineType.parse(unknown).orElseThrow().memory())
                            .isLessThanOrEqualTo(machine.memory());
                });
    }

    @ParameterizedTest
    @CsvSource({
        "n1-standard-8, AMD64, pd-balanced",
        "c3-standard-8, AMD64, pd-balanced",
        "n4-standard-8, AMD64, hyperdisk-balanced",
        "c4-standard-8, AMD64, hyperdisk-balanced",
        "c4d-standard-8, AMD64, hyperdisk-balanced",
        "n4d-standard-8, AMD64, hyperdisk-balanced",
        "t2a-standard-8, ARM64, pd-balanced",
        "c4a-standard-8, ARM64, hyperdisk-balanced",
        "n4a-standard-8, ARM64, hyperdisk-balanced",
        "c3-standard-192-metal, AMD64, hyperdisk-balanced",
        "c4-standard-288-metal, AMD64, hyperdisk-balanced",
        "c4a-highmem-96-metal, ARM64, hyperdisk-balanced",
        "c4d-highcpu-384-metal, AMD64, hyperdisk-balanced"
    })
    void aTypeSaysItsArchitectureAndItsDisk(String name, Architecture architecture, String disk) {
        var machine = MachineType.parse(name).orElseThrow();

        assertThat(machine.architecture()).contains(architecture);
        assertThat(machine.bootDisks().get(0).apiName()).isEqualTo(disk);
    }

    @Test
    void ofASeriesThatIsNotListedNothingElseIsKnown() {
        var machine = MachineType.parse("c9-standard-8").orElseThrow();

        assertThat(machine.architecture()).isEmpty();
        assertThat(machine.bootDisks()).isEmpty();
        assertThat(machine.addedSsds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n1",
                "n1-standard",
                "n1-standard-",
                "n1-standard-3",
                "n1-standard-08",
                "n1-standard-1000",
                "n1-standard-99999999999",
                "n1-standrad-8",
                "n1-custom-0-1024",
                "n1-custom-3-4096",
                "n1-custom-2-1000",
                "n1-custom-2-512",
                "n1-custom-2-1792",
                "n1-custom-10-8960",
                "n2-custom-128-884992",
                "n2-custom-128-1048576",
                "n1-custom-2-13568",
                "n1-custom-98-102400",
                "e2-custom-1-1024",
                "e2-custom-34-65536",
                "e2-custom-18-131328",
                "e2-custom-4-40960-ext",
                "e2-custom-4-16384-ext",
                "n2-custom-2-655616-ext",
                "n2d-custom-2-786688-ext",
                "n2-custom-34-69632",
                "n2d-custom-6-12288",
                "n1-custom-2-639232-ext",
                "c3-custom-4-8192",
                "e2-custom-micro-4096",
                "e2-custom-large-4096",
                "n4-custom-2-1000",
                "n4-custom-0-1024",
                "t2d-standard-12",
                "a9-highgpu-8g",
                "m5-large",
                "f1-micro"
            })
    void whatGoogleDoesNotMakeIsNone(String name) {
        assertThat(MachineType.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n1-standard-3 | n1-standard has the sizes 1, 2, 4, 8, 16, 32, 64, 96",
                "n1-standard | known families: n1-highcpu, n1-highmem, n1-standard",
                "n1-standrad-8 | known families: n1-highcpu, n1-highmem, n1-standard",
                "g2-standard-2 | g2-standard has the sizes 4, 8, 12, 16, 24, 32, 48, 96",
                "n1-custom-3-4096 | custom types of n1 have as vCPUs 1, or 2 to 96 in steps of 2; as memory a multiple of 256 MiB, 921.6 to 6656 for each vCPU, and at most 638976 in all with -ext behind the name",
                "e2-custom-4-40960-ext | custom types of e2 have as vCPUs 2 to 32 in steps of 2; as memory a multiple of 256 MiB, 512 to 8192 for each vCPU, at most 131072 in all, and no extended memory (-ext)",
                "n2d-custom-6-12288 | custom types of n2d have as vCPUs 2, or 4, or 8, or 16 to 96 in steps of 16",
                "n4-custom-2-1000 | custom types are written SERIES-custom-VCPUS-MIB, with a series of e2, g2, n1, n2, n2d, n4,",
                "c3-custom-4-8192 | custom types are written SERIES-custom-VCPUS-MIB, with a series of e2, g2, n1, n2, n2d, n4,"
            })
    void theSuggestionIsOfTheSameSeries(String name, String suggestion) {
        assertThat(MachineType.suggestion(name)).startsWith(suggestion);
    }

    @Test
    void aSeriesThatNobodyKnowsIsAnsweredWithAllFamilies() {
        assertThat(MachineType.suggestion("m5-large")).contains("c2-standard", "e2-standard", "t2d-standard");
    }

    @TestFactory
    Stream<DynamicTest> sizesAreThoseOfGooglesPriceList() throws IOException {
        if (!Files.exists(PRICES)) {
            return Stream.empty();
        }
        return sizes().entrySet().stream()
                .filter(type -> KNOWN.matcher(type.getKey()).matches())
                // Parts of a GPU, which GKE is not known to have.
                .filter(type -> !type.getKey().matches("g4-standard-(6|12|24)"))
                .map(type -> dynamicTest(type.getKey(), () -> assertThat(MachineType.parse(type.getKey()))
                        .hasValueSatisfying(machine -> {
                            var size = type.getValue();
                            assertThat((double) machine.vcpus()).isEqualTo(size.get("cpu"));
                            assertThat(machine.memory().mebibytes()).isEqualTo((long) (size.get("ram") * 1024));
                            assertThat((double) machine.localSsds() * LocalSsds.GIB)
                                    .isEqualTo(size.getOrDefault("local-ssd", 0.0));
                        })));
    }

    private static Map<String, Map<String, Double>> sizes() throws IOException {
        var sizes = new TreeMap<String, Map<String, Double>>();
        var type = "";
        for (var line : Files.readAllLines(PRICES)) {
            var match = PRICE_LINE.matcher(line);
            if (match.matches() && match.group(1) != null) {
                type = match.group(1);
            } else if (match.matches()) {
                sizes.computeIfAbsent(type, name -> new TreeMap<>())
                        .put(match.group(2), Double.valueOf(match.group(3)));
            }
        }
        return sizes;
    }

    /** Its list says how much a vCPU may have, and not how much more a type with extended memory. */
    @Test
    void extendedMemoryOfWhichNoLimitIsKnownIsTakenByItsName() {
        var machine = MachineType.parse("n4-custom-2-131072-ext").orElseThrow();

        assertThat(machine.source()).isEqualTo(MachineType.Source.NAME);
        assertThat(machine.memory()).isEqualTo(new Memory(131_072));
    }
}
