package io.buildkitefleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.SourceFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A package imports what its {@code package-info.java} says, no more and no less, and never in a circle. */
class ArchitectureTest {
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);

    private static final Pattern LINK = Pattern.compile("\\{@link (io\\.buildkitefleet(?:\\.[a-z]+)*)}");

    private static final Pattern OWN = Pattern.compile("io\\.buildkitefleet(?:\\.[a-z]\\w*)*");

    /** More files than this in one folder, and it no longer shows its parts. */
    private static final int MOST_FILES = 30;

    /** What every package may import. */
    private static final List<String> JDK = List.of("java.", "javax.crypto.", "javax.xml.");

    /** What a package-info calls a library, to what its packages begin with. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "Pulumi's SDK", List.of("com.pulumi."),
            "pulumirpc", List.of("pulumirpc."),
            "gson", List.of("com.google.gson."),
            "gRPC", List.of("io.grpc."),
            "protobuf", List.of("com.google.protobuf."),
            "guava", List.of("com.google.common."),
            "picocli", List.of("picocli."),
            "snakeyaml", List.of("org.yaml.snakeyaml."),
            "commons-text", List.of("org.apache.commons.text."));

    static Stream<Path> packages() {
        return SourceFiles.directories(SourceFiles.MAIN).stream()
                .filter(folder -> !SourceFiles.in(folder).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsOnlyWhatItsPackageInfoSays(Path folder) {
        var allowed = said(folder);
        var libraries = LIBRARIES.entrySet().stream()
                .filter(library -> info(folder).contains(library.getKey()))
                .flatMap(library -> library.getValue().stream())
                .toList();
        assertThat(imports(folder)
                        .filter(name -> !name.startsWith("io.buildkitefleet."))
                        .filter(name ->
                                Stream.concat(JDK.stream(), libraries.stream()).noneMatch(name::startsWith)))
                .as("libraries that %s/package-info.java does not name", folder)
                .isEmpty();
        assertThat(imported(folder).stream().filter(Predicate.not(allowed::contains)))
                .as("packages that %s/package-info.java does not link", folder)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void saysNothingThatItDoesNotImport(Path folder) {
        var imported = imported(folder);
        assertThat(said(folder).stream().filter(Predicate.not(imported::contains)))
                .as("packages that %s/package-info.java links and nothing of it imports", folder)
                .isEmpty();
        assertThat(LIBRARIES.entrySet().stream()
                        .filter(library -> info(folder).contains(library.getKey()))
                        .filter(library -> imports(folder)
                                .noneMatch(name -> library.getValue().stream().anyMatch(name::startsWith)))
                        .map(Map.Entry::getKey))
                .as("libraries that %s/package-info.java names and nothing of it imports", folder)
                .isEmpty();
    }

    @Test
    void noPackageImportsItselfOnAnyWay() {
        var arrows = new TreeMap<String, Set<String>>();
        packages().forEach(folder -> arrows.put(name(folder), imported(folder)));
        assertThat(arrows.keySet().stream().filter(name -> reached(name, arrows).contains(name)))
                .as("packages that import each other in a circle")
                .isEmpty();
    }

    @Test
    void noFolderHasMoreFilesThanOneSeesAtOnce() {
        assertThat(Stream.concat(
                                SourceFiles.directories(SourceFiles.MAIN).stream(),
                                SourceFiles.directories(SourceFiles.TEST).stream())
                        .filter(folder -> SourceFiles.in(folder).size() > MOST_FILES)
                        .map(folder -> folder + ": " + SourceFiles.in(folder).size() + " files"))
                .as("folders of more than %d files", MOST_FILES)
                .isEmpty();
    }

    private static Set<String> reached(String from, Map<String, Set<String>> arrows) {
        var reached = new HashSet<String>();
        var open = new TreeSet<>(arrows.get(from));
        while (!open.isEmpty()) {
            var next = open.pollFirst();
            if (reached.add(next)) {
                open.addAll(arrows.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }

    /** The packages of the project that a package-info links. */
    private static Set<String> said(Path folder) {
        return LINK.matcher(info(folder))
                .results()
                .map(link -> link.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The other packages of the project that a package imports. */
    private static Set<String> imported(Path folder) {
        return imports(folder)
                .filter(name -> name.startsWith("io.buildkitefleet."))
                .map(ArchitectureTest::packageOf)
                .filter(name -> !name.equals(name(folder)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String packageOf(String imported) {
        var found = OWN.matcher(imported);
        return found.lookingAt() ? found.group() : imported;
    }

    private static Stream<String> imports(Path folder) {
        return SourceFiles.in(folder).stream()
                .flatMap(
                        file -> IMPORT.matcher(SourceFiles.read(file)).results().map(found -> found.group(1)));
    }

    private static String name(Path folder) {
        return SourceFiles.MAIN
                .relativize(folder)
                .toString()
                .replace(folder.getFileSystem().getSeparator(), ".");
    }

    private static String info(Path folder) {
        return SourceFiles.read(folder.resolve("package-info.java"));
    }
}
