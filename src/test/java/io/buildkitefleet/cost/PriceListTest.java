package io.buildkitefleet.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.DiskType;
import java.io.IOException;
import java.math.BigDecimal;
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

class PriceListTest {
    /** All of Google's prices, made from its billing catalog, where they are beside the repository. */
    private static final Path CATALOG =
            Path.of(System.getProperty("prices.file", "../shared/data/pricing-2026-07-30.yml"));

    private static final Pattern CATALOG_LINE =
            Pattern.compile(" {4}([a-z0-9-]+):| {8}([a-z]+-[a-z]+\\d+):| {10}(hour|hour_spot): ([0-9.e-]+)");

    /** The memory of n1-highcpu is no whole number of MiB, so that its price is off by less than a millionth. */
    private static final BigDecimal NEAR = new BigDecimal("0.00005");

    private final PriceList prices = PriceList.latest();

    @ParameterizedTest
    @CsvSource({
        "n1-standard-1, us-west1, 0.04749975, 0.0167525",
        "n1-standard-8, us-west1, 0.379998, 0.13402",
        "n1-standard-8, us-east4, 0.427973, 0.109510",
        "e2-standard-2, us-west1, 0.06701142, 0.040212",
        "e2-medium, us-west1, 0.03350571, 0.020106",
        "t2d-standard-8, us-west1, 0.337968, 0.12608",
        "n4-standard-8, us-west1, 0.3628, 0.179136",
        "n1-standard-8, asia-east1, 0.439996, 0.08608",
        "c4-standard-8, us-central1, 0.39534, 0.23721",
        "a2-highgpu-1g, us-central1, 3.673385, 1.92802",
        "n1-custom-2-10240, us-west1, 0.1108431, 0.03909",
        "custom-2-10240, us-east4, 0.124866, 0.03196"
    })
    void aMachineHasThePriceOfItsRegion(String type, String region, BigDecimal onDemand, BigDecimal spot) {
        assertThat(hour(type, Capacity.ON_DEMAND, region))
                .hasValueSatisfying(hour -> assertThat(hour).isCloseTo(onDemand, within(NEAR)));
        assertThat(hour(type, Capacity.SPOT, region))
                .hasValueSatisfying(hour -> assertThat(hour).isCloseTo(spot, within(NEAR)));
    }

    /** A G2 machine's price in the catalog has the GPU in it. */
    @Test
    void aMachineAndItsGpuAddUpToGooglesPrice() {
        var machine = hour("g2-standard-4", Capacity.ON_DEMAND, "us-west1").orElseThrow();
        var gpu = prices.gpu("nvidia-l4", Capacity.ON_DEMAND, "us-west1").orElseThrow();

        assertThat(machine.add(gpu.amount())).isEqualByComparingTo("0.706832255");
    }

    /** Of a machine whose parts have no prices in the catalog the GPUs are in its own. */
    @Test
    void aMachineWithoutPricesOfItsPartsIsPricedAsAWhole() {
        var a2 = MachineType.parse("a2-highgpu-1g").orElseThrow();

        assertThat(prices.isWhole(a2, "us-central1")).isTrue();
        assertThat(prices.isWhole(MachineType.parse("g2-standard-4").orElseThrow(), "us-central1"))
                .isFalse();
    }

    @Test
    void localSsdsOfNewSeriesHaveAPriceOfTheirOwn() {
        var c4 = MachineType.parse("c4-standard-8-lssd").orElseThrow();
        var c3 = MachineType.parse("c3-standard-8-lssd").orElseThrow();

        assertThat(prices.localSsd(c4, Capacity.ON_DEMAND, "us-central1")
                        .orElseThrow()
                        .amount())
                .isEqualByComparingTo("0.16");
        assertThat(prices.localSsd(c3, Capacity.ON_DEMAND, "us-central1")
                        .orElseThrow()
                        .amount())
                .isEqualByComparingTo("0.08");
    }

    @Test
    void everyPriceHasItsSource() {
        var price = prices.disk(DiskType.PD_SSD, "us-east4").orElseThrow();

        assertThat(price.amount()).isEqualByComparingTo("0.187");
        assertThat(price.date()).isEqualTo("2026-07-30");
        assertThat(price.source()).startsWith("https://");
    }

    @Test
    void aBucketsPriceIsThatOfItsLocation() {
        assertThat(prices.bucket("US").orElseThrow().amount()).isEqualByComparingTo("0.026");
        assertThat(prices.bucket("us-east4").orElseThrow().amount()).isEqualByComparingTo("0.023");
        assertThat(prices.bucket("ASIA").orElseThrow().amount()).isEqualByComparingTo("0.026");
        assertThat(prices.bucket("ASIA2")).isEmpty();
    }

    @Test
    void whatTheListLacksIsNotFree() {
        assertThat(prices.gpu("nvidia-tesla-p100", Capacity.SPOT, "us-west1")).isEmpty();
        assertThat(prices.disk(DiskType.HYPERDISK_BALANCED, "us-west1")).isEmpty();
        assertThat(hour("n1-standard-8", Capacity.SPOT, "us-west9")).isEmpty();
        assertThat(hour("n2-custom-2-4096", Capacity.SPOT, "us-west1")).isEmpty();
        assertThat(hour("n4-custom-2-4096", Capacity.SPOT, "us-west1")).isEmpty();
        assertThat(hour("n1-custom-1-7680-ext", Capacity.SPOT, "us-west1")).isEmpty();
        assertThat(hour("m4-megamem-28", Capacity.SPOT, "us-west1")).isEmpty();
        assertThat(hour("c9-standard-8", Capacity.SPOT, "us-west1")).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> machinesCostWhatGooglesCatalogSays() throws IOException {
        if (!Files.exists(CATALOG)) {
            return Stream.empty();
        }
        var catalog = catalog();
        return MachineType.all().stream()
                .filter(machine -> !machine.series().equals("g2")
                        && hour(machine.name(), Capacity.SPOT, "us-central1").isPresent())
                .map(machine -> dynamicTest(machine.name(), () -> assertThat(catalog.get(machine.name()))
                        .isNotEmpty()
                        .allSatisfy((place, expected) -> costs(machine, place, expected))));
    }

    /** Where the catalog has no price of its local SSDs, it leaves them out of a machine's, and we know none. */
    private void costs(MachineType machine, String place, BigDecimal expected) {
        if (machine.localSsds() > 0
                && !prices.isWhole(machine, region(place))
                && prices.localSsd(machine, capacity(place), region(place)).isEmpty()) {
            assertThat(hour(machine.name(), capacity(place), region(place))).isEmpty();
        } else {
            assertThat(hour(machine.name(), capacity(place), region(place)))
                    .hasValueSatisfying(hour -> assertThat(hour).isCloseTo(expected, within(NEAR)));
        }
    }

    private static Capacity capacity(String place) {
        return place.endsWith("hour_spot") ? Capacity.SPOT : Capacity.ON_DEMAND;
    }

    private static String region(String place) {
        return place.substring(0, place.indexOf(' '));
    }

    private Optional<BigDecimal> hour(String type, Capacity capacity, String region) {
        return prices.machineWithSsds(MachineType.parse(type).orElseThrow(), capacity, region)
                .map(Price::amount);
    }

    /** By machine type, then by region and kind of price. */
    private static Map<String, Map<String, BigDecimal>> catalog() throws IOException {
        var catalog = new TreeMap<String, Map<String, BigDecimal>>();
        var type = "";
        var region = "";
        for (var line : Files.readAllLines(CATALOG)) {
            var match = CATALOG_LINE.matcher(line);
            if (line.equals("  license:")) {
                break;
            }
            if (!match.matches()) {
                region = line.startsWith("        ") && line.endsWith(":") && !line.startsWith("         ")
                        ? ""
                        : region;
            } else if (match.group(1) != null) {
                type = match.group(1);
            } else if (match.group(2) != null) {
                region = match.group(2);
            } else if (!region.isEmpty()) {
                catalog.computeIfAbsent(type, name -> new TreeMap<>())
                        .put(region + " " + match.group(3), new BigDecimal(match.group(4)));
            }
        }
        return catalog;
    }
}
