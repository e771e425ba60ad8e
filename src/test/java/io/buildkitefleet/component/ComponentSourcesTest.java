package io.buildkitefleet.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How components are written. */
class ComponentSourcesTest {
    private static final Path MAIN = Path.of("src", "main", "java");

    private static final Pattern TOKEN = Pattern.compile(
            "\n    private static final String TYPE = \"buildkite-fleet:(gcp|kubernetes|mac):[A-Z]\\w+\";\n");

    @Test
    void everyComponentIsOneOfTheFleet() {
        assertThat(sources())
                .filteredOn(source -> read(source).contains(" extends ComponentResource "))
                .as("instead of FleetComponent")
                .containsExactly(MAIN.resolve("io/buildkitefleet/component/FleetComponent.java"));
    }

    /** What is derived from a class changes with its name, and Pulumi replaces what has another token. */
    @Test
    void everyTokenIsWrittenOut() {
        assertThat(sources())
                .filteredOn(source -> read(source).contains(" extends FleetComponent "))
                .isNotEmpty()
                .allMatch(
                        source -> TOKEN.matcher(read(source)).results().count() == 1
                                && read(source).contains("        super(TYPE, name, options);\n"),
                        "has its token as a literal TYPE, and hands it to FleetComponent");
    }

    @Test
    void everyComponentIsOneFile() {
        assertThat(sources())
                .filteredOn(source -> read(source).contains(" extends FleetComponent "))
                .extracting(source -> source.toString().replace(".java", "Args.java"))
                .as("arguments apart from their component, whose nested record Args they could be")
                .noneMatch(arguments -> Files.exists(Path.of(arguments)));
    }

    private static List<Path> sources() {
        try (var files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException reason) {
            throw new UncheckedIOException(reason);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException reason) {
            throw new UncheckedIOException(reason);
        }
    }
}
