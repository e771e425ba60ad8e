package io.buildkitefleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A package imports what its {@code package-info.java} says, and nothing else. */
class ArchitectureTest {
    private static final Path ROOT = Path.of("src", "main", "java", "io", "buildkitefleet");

    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);

    private static final Pattern LINK = Pattern.compile("\\{@link (io\\.buildkitefleet\\.[a-z]+)}");

    /** What every package may import. */
    private static final List<String> JDK = List.of("java.", "javax.crypto.", "javax.xml.");

    /** What a package-info calls a library, to what its packages begin with. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "Pulumi's SDK", List.of("com.pulumi."),
            "pulumirpc", List.of("pulumirpc."),
            "gson", List.of("com.google.gson."),
            "gRPC", List.of("io.grpc."),
            "protobuf", List.of("com.google.protobuf."),
            "picocli", List.of("picocli."),
            "snakeyaml", List.of("org.yaml.snakeyaml."),
            "commons-text", List.of("org.apache.commons.text."));

    static Stream<Path> packages() throws IOException {
        try (var directories = Files.walk(ROOT)) {
            return directories.filter(Files::isDirectory).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsOnlyWhatItsPackageInfoSays(Path directory) {
        var info = read(directory.resolve("package-info.java"));
        var own = "io.buildkitefleet." + ROOT.relativize(directory) + ".";
        var allowed = Stream.concat(
                        Stream.concat(
                                Stream.of(own), LINK.matcher(info).results().map(link -> link.group(1) + ".")),
                        LIBRARIES.entrySet().stream()
                                .filter(library -> info.contains(library.getKey()))
                                .flatMap(library -> library.getValue().stream()))
                .toList();
        for (var file : sources(directory)) {
            assertThat(IMPORT.matcher(read(file)).results().map(found -> found.group(1)))
                    .as("imports of %s", file)
                    .allMatch(name ->
                            Stream.concat(JDK.stream(), allowed.stream()).anyMatch(name::startsWith));
        }
    }

    private static List<Path> sources(Path directory) {
        try (var files = Files.list(directory)) {
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
