package io.buildkitefleet.fleet.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FleetChecksTest {
    private static final Path FOLDER = Path.of("src", "main", "java", "io", "buildkitefleet", "fleet", "checks");

    @Test
    void everyCheckIsInTheList() throws IOException {
        var list = Files.readString(FOLDER.resolve("FleetChecks.java"));
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".java", ""))
                            .filter(name -> name.endsWith("Checks") && !name.equals("FleetChecks"))
                            .filter(name -> !list.contains(name + "::new")))
                    .as("checks that FleetChecks does not run; add them to its list")
                    .isEmpty();
        }
    }
}
