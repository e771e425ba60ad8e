package io.buildkitefleet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.SourceFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How components are written. */
class ComponentSourcesTest {
    private static final Pattern TOKEN = Pattern.compile(
            "\n    private static final String TYPE = \"buildkite-fleet:(gcp|kubernetes|mac):[A-Z]\\w+\";\n");

    @Test
    void everyComponentIsOneOfTheFleet() {
        assertThat(SourceFiles.below(SourceFiles.MAIN))
                .filteredOn(source -> SourceFiles.read(source).contains(" extends ComponentResource "))
                .as("instead of FleetComponent")
                .containsExactly(SourceFiles.MAIN.resolve("io/buildkitefleet/component/FleetComponent.java"));
    }

    /** What is derived from a class changes with its name, and Pulumi replaces what has another token. */
    @Test
    void everyTokenIsWrittenOut() {
        assertThat(SourceFiles.below(SourceFiles.MAIN))
                .filteredOn(source -> SourceFiles.read(source).contains(" extends FleetComponent "))
                .isNotEmpty()
                .allMatch(
                        source -> TOKEN.matcher(SourceFiles.read(source))
                                                .results()
                                                .count()
                                        == 1
                                && SourceFiles.read(source).contains("        super(TYPE, name, options);\n"),
                        "has its token as a literal TYPE, and hands it to FleetComponent");
    }

    @Test
    void everyComponentIsOneFile() {
        assertThat(SourceFiles.below(SourceFiles.MAIN))
                .filteredOn(source -> SourceFiles.read(source).contains(" extends FleetComponent "))
                .extracting(source -> source.toString().replace(".java", "Args.java"))
                .as("arguments apart from their component, whose nested record Args they could be")
                .noneMatch(arguments -> Files.exists(Path.of(arguments)));
    }
}
