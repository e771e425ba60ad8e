package io.buildkitefleet.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same Dockerfile with the same arguments makes the same tools, and none that its publisher did not make. */
class DockerfileTest {
    private static final Path FILE = Path.of("images", "agent", "Dockerfile");
    private static final Pattern DOWNLOAD = Pattern.compile("curl [^&]*?\"?(https://[^\"\\s]+)\"?");
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    @Test
    void theBaseImageIsPinnedByADigestThatIsGiven() {
        assertThat(instructions("FROM"))
                .singleElement()
                .asString()
                .matches("ghcr\\.io/buildkite/agent:\\$\\{AGENT_VERSION}-[a-z0-9.-]+@\\$\\{AGENT_DIGEST}");
        assertThat(instructions("ARG")).contains("AGENT_DIGEST");
    }

    /** As the fleet wants of the image of a trusted queue. */
    @Test
    void theAgentIsOfVersion3() {
        assertThat(instructions("ARG"))
                .filteredOn(argument -> argument.startsWith("AGENT_VERSION="))
                .singleElement()
                .asString()
                .startsWith("AGENT_VERSION=3.");
    }

    @Test
    void everyVersionIsExact() {
        assertThat(instructions("ARG"))
                .filteredOn(argument -> argument.contains("_VERSION"))
                .hasSize(4)
                .allSatisfy(argument -> assertThat(argument.split("=")[1]).matches(VERSION));
        assertThat(instructions("ARG").map(argument -> argument.split("=")[0]))
                .filteredOn(name -> !name.equals("TARGETARCH"))
                .allMatch(name -> name.matches("[A-Z_]+_(?:VERSION|DIGEST|SHA256(?:_(?:AMD64|ARM64))?)"));
    }

    @Test
    void everyPackageIsOfOneVersion() {
        var packages = instructions("RUN")
                .flatMap(run -> Stream.of(run.split("&&")))
                .filter(command -> command.contains("apt-get install"))
                .flatMap(command -> Stream.of(
                                command.substring(command.indexOf("install")).split("\\s+"))
                        .skip(1))
                .filter(word -> !word.startsWith("-"))
                .toList();
        assertThat(packages).hasSize(2).allMatch(name -> name.matches("\"[a-z-]+=\\$\\{[A-Z]+_VERSION}-0\""));
    }

    @Test
    void everyDownloadIsCheckedInTheStepThatMakesIt() {
        assertThat(downloads()).isNotEmpty().allSatisfy(url -> assertThat(url).startsWith("https://"));
        for (var run : instructions("RUN").toList()) {
            var files = urls(run);
            assertThat(files).as(run).hasSizeLessThanOrEqualTo(1);
            if (!files.isEmpty()) {
                assertThat(run).contains("sha256sum --check --strict", "_SHA256");
                assertThat(run.indexOf("sha256sum --check")).isLessThan(run.indexOf("install -m"));
            }
        }
    }

    /** Whoever can change a download can change what stands beside it. */
    @Test
    void noChecksumComesFromWhereItsFileComesFrom() {
        assertThat(downloads()).noneMatch(url -> url.contains("sha256"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubectl", "helm"})
    void aToolHasTheVersionAndTheChecksumsOfItsPin(String tool) throws IOException {
        var pin = JsonParser.parseString(Files.readString(Path.of("pins.json")))
                .getAsJsonObject()
                .getAsJsonObject("tools")
                .getAsJsonObject(tool);
        var name = tool.toUpperCase(Locale.ROOT);
        var expected =
                new ArrayList<>(List.of(name + "_VERSION=" + pin.get("version").getAsString()));
        pin.getAsJsonObject("sha256")
                .asMap()
                .forEach((architecture, sum) -> expected.add(
                        name + "_SHA256_" + architecture.toUpperCase(Locale.ROOT) + "=" + sum.getAsString()));

        assertThat(instructions("ARG").filter(argument -> argument.startsWith(name + "_")))
                .containsExactlyInAnyOrderElementsOf(expected)
                .hasSize(3);
    }

    @Test
    void aDownloadThatFailsOrIsRedirectedToPlainHttpFails() {
        assertThat(instructions("RUN"))
                .flatExtracting(run -> List.of(run.split("&&")))
                .filteredOn(command -> command.contains("curl "))
                .allMatch(command -> command.contains("curl -fsSLO --proto '=https' "));
        assertThat(instructions("SHELL")).containsExactly("[\"/bin/bash\", \"-Eeuo\", \"pipefail\", \"-c\"]");
    }

    @Test
    void nothingComesFromElsewhere() {
        assertThat(instructions("ADD")).isEmpty();
        assertThat(text())
                .doesNotContain("latest", "wget", "--insecure", "--allow-unauthenticated")
                .doesNotContainPattern("\\|\\s*(?:ba)?sh\\b");
    }

    private static List<String> downloads() {
        return instructions("RUN").flatMap(run -> urls(run).stream()).toList();
    }

    private static List<String> urls(String run) {
        return DOWNLOAD.matcher(run).results().map(found -> found.group(1)).toList();
    }

    /** The arguments of each instruction of a kind, on one line. */
    private static Stream<String> instructions(String kind) {
        return text().replace("\\\n", " ")
                .lines()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.substring(kind.length() + 1));
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
