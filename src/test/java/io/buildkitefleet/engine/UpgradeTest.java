package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stack that an earlier program made goes on under this one: docs/upgrading.md names all that it loses or gains. */
class UpgradeTest extends RealEngineTest {
    /** The program that made the states, as {@code pulumi stack export} wrote them. */
    private static final String EARLIER = "67431b8";

    private static final Path STATES = Path.of("src", "test", "resources", "states");

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "full"})
    void whatIsThereIsNeitherReplacedNorDeletedNorMadeASecondTime(String stack) throws Exception {
        var announced = announced();

        assertThat(changes(stack))
                .as("docs/upgrading.md names each resource of an earlier stack that is not just updated")
                .allMatch(change -> announced.stream().anyMatch(row -> row.covers(change)));
    }

    @Test
    void theUpgradingPageNamesNothingThatStaysAsItIs() throws Exception {
        var changes = new TreeSet<>(changes("dev"));
        changes.addAll(changes("prod"));
        changes.addAll(changes("full"));

        assertThat(announced())
                .allMatch(row -> changes.stream().anyMatch(row::covers), "happens to one of the earlier stacks");
    }

    /**
     * A row of the page.
     *
     * @param change create, replace or delete
     * @param name of the resource, in which {@code *} stands for any part
     */
    private record Row(String change, String name) {
        boolean covers(String resource) {
            // The limit keeps what is behind the last star, though it is nothing.
            var names = Stream.of(name.split("\\*", -1))
                    .map(Pattern::quote)
                    .reduce((left, right) -> left + ".*" + right)
                    .orElseThrow();
            return resource.matches(Pattern.quote(change) + " " + names);
        }
    }

    private static List<Row> announced() throws Exception {
        return Pattern.compile("(?m)^\\| (create|replace|delete) \\| `([^`]+)` \\|")
                .matcher(Files.readString(Path.of("docs", "upgrading.md")))
                .results()
                .map(row -> new Row(row.group(1), row.group(2)))
                .toList();
    }

    /** All that the next up does but update, as {@code replace cluster-gke}. */
    private Set<String> changes(String stack) throws Exception {
        var project = project(stack, STATES.resolve(EARLIER + "-" + stack + ".yaml"));
        EarlierState.copy(STATES.resolve(EARLIER + "-" + stack + ".json"), project.file("earlier.json"));
        project.pulumi("stack", "import", "--file", "earlier.json").succeeded();
        var changes = new TreeSet<String>();
        for (var step : project.preview().getAsJsonArray("steps")) {
            change(step.getAsJsonObject().get("op").getAsString())
                    .map(change -> change + " " + name(step.getAsJsonObject()))
                    .ifPresent(changes::add);
        }
        return changes;
    }

    private static Optional<String> change(String operation) {
        return switch (operation) {
            case "same", "update", "refresh", "read" -> Optional.empty();
            case "create-replacement", "delete-replaced" -> Optional.of("replace");
            default -> Optional.of(operation);
        };
    }

    private static String name(JsonObject step) {
        return step.get("urn").getAsString().split("::", 4)[3];
    }
}
