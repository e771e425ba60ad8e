package io.buildkitefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cloud.MachineSeries;
import io.buildkitefleet.cloud.Regions;
import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md to the reader; {@code -Dgoldens.update=true} writes the table of keys anew. */
class ConfigurationReferenceTest {
    private static final Path DOCS = Path.of("docs/configuration.md");

    /** The sections in their order: what stands before a key in its path, and the heading. */
    private static final Map<String, String> SECTIONS = sections();

    @Test
    void theDocumentListsEveryKeyAsTheReaderHasIt() {
        Golden.part("docs/configuration.md", "keys").matches(tables());
    }

    @Test
    void theDocumentListsTheMachinesAndRegionsThatAreKnown() {
        var families = MachineSeries.all().values().stream()
                .map(series -> "| " + series.name() + " | "
                        + String.join(", ", series.families().keySet()) + " | " + gpus(series) + " |\n")
                .collect(Collectors.joining());
        Golden.part("docs/configuration.md", "known")
                .matches("| Series | Families | GPUs |\n|---|---|---|\n" + families + "\nRegions: "
                        + String.join(", ", Regions.names()) + ".\n");
    }

    private static String gpus(MachineSeries series) {
        var gpus = new TreeSet<>(series.ownGpus());
        gpus.addAll(series.gpus().keySet());
        return gpus.isEmpty() ? "-" : String.join(", ", gpus);
    }

    @Test
    void theExampleOfTheDocumentIsAFleet() throws IOException {
        var text = Files.readString(DOCS);
        var example = text.substring(text.indexOf("```yaml\n") + 8, text.indexOf("\n```\n"));

        assertThat(BadStack.problems(Stacks.ofYaml("dev", example).withSecret("agentToken")))
                .isEmpty();
    }

    private static String tables() {
        var reference = FleetConfigReader.reference();
        return SECTIONS.entrySet().stream()
                .map(section ->
                        "\n## " + section.getValue() + "\n\n| Key | Allowed | Default | Meaning |\n|---|---|---|---|\n"
                                + reference.keys().stream()
                                        .filter(key -> section.getKey().equals(sectionOf(key.path())))
                                        .map(key -> row(key, section.getKey()))
                                        .collect(Collectors.joining()))
                .collect(Collectors.joining("", "", "\n"));
    }

    private static String row(KeyReference.Key key, String section) {
        return "| `" + key.path().substring(section.length()) + "` | " + key.allowed() + " | " + key.otherwise() + " | "
                + key.doc() + " |\n";
    }

    private static String sectionOf(String path) {
        return SECTIONS.keySet().stream()
                .filter(section -> !section.isEmpty() && path.startsWith(section))
                .findFirst()
                .orElse("");
    }

    private static Map<String, String> sections() {
        var sections = new LinkedHashMap<String, String>();
        sections.put("", "Keys of `buildkite-fleet:fleet`");
        sections.put("local.", "`local`");
        sections.put("network.", "`network`");
        sections.put("cluster.", "`cluster`");
        sections.put("pools.<name>.", "`pools.<name>`");
        sections.put("queues.<name>.", "`queues.<name>`");
        sections.put("artifacts.", "`artifacts`");
        sections.put("checkout.", "`checkout`");
        sections.put("caches.", "`caches`");
        sections.put("mac.", "`mac`");
        sections.put("signing.", "`signing`");
        sections.put("load.", "`load`, of the cost estimate");
        sections.put("usage.", "`usage`, of the cost estimate");
        sections.put("waivers[].", "`waivers[]`");
        return sections;
    }
}
