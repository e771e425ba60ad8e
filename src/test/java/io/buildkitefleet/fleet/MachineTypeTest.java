package io.buildkitefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.buildkitefleet.config.value.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

    private static final Pattern PRICE_LINE = Pattern.compile(" {4}([a-z0-9-]+):| {6}(cpu|ram|l4): ([0-9.]+)");
    private static final Pattern KNOWN =
            Pattern.compile("(n1|n2|n2d|n4|e2|t2d|c2|c2d|c3|c3d|g2)-(standard|highmem|highcpu)-\\d+");

    @ParameterizedTest
    @CsvSource({
        "n1-standard-1, n1, 1, 3840, 0",
        "n1-standard-8, n1, 8, 30720, 0",
        "n1-highcpu-2, n1, 2, 1843, 0",
        "e2-standard-2, e2, 2, 8192, 0",
        "n2d-highcpu-224, n2d, 224, 229376, 0",
        "n2-highmem-128, n2, 128, 884736, 0",
        "c3d-highcpu-30, c3d, 30, 60416, 0",
        "g2-standard-4, g2, 4, 16384, 1",
        "g2-standard-32, g2, 32, 131072, 1",
        "g2-standard-24, g2, 24, 98304, 2",
        "g2-standard-96, g2, 96, 393216, 8"
    })
    void aTypeHasItsSize(String name, String series, int vcpus, long mebibytes, int gpus) {
        assertThat(MachineType.parse(name))
                .contains(new MachineType(name, series, vcpus, new Memory(mebibytes), false, gpus));
    }

    @ParameterizedTest
    @CsvSource({"e2-micro, 1", "e2-small, 2", "e2-medium, 4"})
    void theSmallestTypesShareACore(String name, int gibibytes) {
        assertThat(MachineType.parse(name))
                .contains(new MachineType(name, "e2", 2, Memory.gibibytes(gibibytes), true, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "n1-custom-1-1024, 1",
        "n1-custom-6-20480, 6",
        "n2-custom-10-5120, 10",
        "n2d-custom-4-32768, 4",
        "e2-custom-32-131072, 32"
    })
    void aCustomTypeHasTheSizeOfItsName(String name, int vcpus) {
        var mebibytes = Long.parseLong(name.substring(name.lastIndexOf('-') + 1));

        assertThat(MachineType.parse(name))
                .contains(new MachineType(
                        name, name.substring(0, name.indexOf('-')), vcpus, new Memory(mebibytes), false, 0));
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
                "c3-standard-192-metal",
                "n1-custom-0-1024",
                "n1-custom-3-4096",
                "n1-custom-2-1000",
                "n1-custom-2-512",
                "n1-custom-2-13568",
                "n1-custom-98-102400",
                "e2-custom-1-1024",
                "e2-custom-34-65536",
                "n4-custom-2-4096"
            })
    void whatGoogleDoesNotMakeIsUnknown(String name) {
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
                "n1-custom-3-4096 | custom types are written SERIES-custom-VCPUS-MIB, with a series of e2, n1, n2, n2d,"
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
                .map(type -> dynamicTest(type.getKey(), () -> assertThat(MachineType.parse(type.getKey()))
                        .hasValueSatisfying(machine -> {
                            var size = type.getValue();
                            assertThat((double) machine.vcpus()).isEqualTo(size.get("cpu"));
                            assertThat(machine.memory().mebibytes()).isEqualTo((long) (size.get("ram") * 1024));
                            assertThat((double) machine.gpus()).isEqualTo(size.getOrDefault("l4", 0.0));
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
}
