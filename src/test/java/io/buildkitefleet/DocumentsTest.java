package io.buildkitefleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a document points at is there. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^):#]+)(?:#[^)]*)?\\)");

    private static final Pattern PATH =
            Pattern.compile("`((?:src|docs|launcher|tools|images|\\.buildkite)/[\\w./-]+)`");

    private static final Pattern TEST_CLASS = Pattern.compile("\\b([A-Z]\\w+Test)\\b");

    private static final Pattern TESTS = Pattern.compile("-Dtest='?([\\w*,]+)");

    static Stream<Path> documents() throws IOException {
        try (var root = Files.list(Path.of(""));
                var docs = Files.list(Path.of("docs"))) {
            return Stream.concat(root, docs).filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) throws IOException {
        var directory = document.toAbsolutePath().getParent();
        assertThat(found(LINK, document).filter(link -> !Files.exists(directory.resolve(link))))
                .as("links of %s that lead nowhere", document)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void filesThatAreNamedAreThere(Path document) throws IOException {
        assertThat(found(PATH, document)
                        .filter(path -> !path.contains("..."))
                        .filter(path -> !Files.exists(Path.of(path))))
                .as("files that %s names and that are not there", document)
                .isEmpty();
    }

    /** The threat model says by which tests each attack is tried. */
    @ParameterizedTest
    @MethodSource("documents")
    void testClassesThatAreNamedAreThere(Path document) throws IOException {
        assertThat(found(TEST_CLASS, document))
                .as("tests that %s names", document)
                .allMatch(classes()::contains);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void testsThatAreNamedAreThere(Path document) throws IOException {
        var tests = classes();
        assertThat(found(TESTS, document)
                        .flatMap(names -> Stream.of(names.split(",")))
                        .map(name -> name.replace("*", "\\w*"))
                        .filter(name -> tests.stream().noneMatch(test -> test.matches(name))))
                .as("tests that %s names and that are not there", document)
                .isEmpty();
    }

    @Test
    void everyPackageIsInThePictureOfTheArchitecture() throws IOException {
        var picture = Files.readString(Path.of("docs", "architecture.md"));
        try (var packages = Files.list(Path.of("src", "main", "java", "io", "buildkitefleet"))) {
            assertThat(packages.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString())
                            .filter(name -> !Pattern.compile("\\b" + name + "\\b")
                                    .matcher(picture)
                                    .find()))
                    .as("packages that docs/architecture.md does not name")
                    .isEmpty();
        }
    }

    private static Stream<String> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results().map(found -> found.group(1));
    }

    private static List<String> classes() {
        return SourceFiles.below(SourceFiles.TEST).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith("Test.java"))
                .map(name -> name.replace(".java", ""))
                .toList();
    }
}
