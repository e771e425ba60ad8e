package io.buildkitefleet.scaffold;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.testing.Assessments;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.text.BundledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A new stack has nothing to mend, wherever it is and whatever it is like. */
class ScaffoldTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void anEmptyProject() throws IOException {
        Files.copy(Path.of("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
    }

    private static Set<String> regions() {
        return JsonParser.parseString(BundledFile.text("/prices/2026-07-30.json"))
                .getAsJsonObject()
                .getAsJsonObject("machines")
                .getAsJsonObject("regions")
                .keySet();
    }

    static Stream<Arguments> everywhere() {
        return Stream.of(Example.values())
                .flatMap(example -> regions().stream().map(region -> Arguments.of(example, region)));
    }

    /** One region of those in which a stack is the same but for the region's name. */
    static Stream<Arguments> eachKindOfRegion() {
        return Stream.of(Example.values()).flatMap(example -> {
            var kinds = new TreeMap<String, String>();
            regions()
                    .forEach(
                            region -> kinds.put(scaffold(example, region).text().replace(region, "REGION"), region));
            return kinds.values().stream().map(region -> Arguments.of(example, region));
        });
    }

    private static Scaffold scaffold(Example example, String region) {
        return new Scaffold(
                example,
                "acme-ci",
                region,
                "acme",
                List.of("git@github.com:acme/app.git"),
                List.of(),
                LocalDate.parse("2027-12-01"),
                List.of());
    }

    @ParameterizedTest
    @MethodSource("eachKindOfRegion")
    void itBreaksNoRule(Example example, String region) throws IOException {
        Files.writeString(
                directory.resolve("Pulumi.ci.yaml"), scaffold(example, region).text());
        var preview = new Previews(Project.read(directory), PreviewedStacks.ENGINE).of("ci");

        assertThat(preview.plan().warnings()).isEmpty();
        assertThat(Assessments.of(preview).open().stream().map(Assessments::told))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void itIsReadWithoutAWarningAndItsPoolsHaveAPrice(Example example, String region) throws IOException {
        Files.writeString(
                directory.resolve("Pulumi.ci.yaml"), scaffold(example, region).text());
        var fleet = Previews.fleetOf(Project.read(directory).stack("ci"));
        var prices = PriceList.latest();
        assertThat(fleet.warnings()).isEmpty();
        assertThat(fleet.pools()).allMatch(pool -> prices.has(pool.machine(), region));
    }
}
