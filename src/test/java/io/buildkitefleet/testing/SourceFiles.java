package io.buildkitefleet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The project's own Java files, for tests of how they are written. */
public final class SourceFiles {
    public static final Path MAIN = Path.of("src", "main", "java");

    public static final Path TEST = Path.of("src", "test", "java");

    private SourceFiles() {}

    /** Those of a directory and of all below it. */
    public static List<Path> below(Path root) {
        return javaFiles(root, Integer.MAX_VALUE);
    }

    /** Those of a directory itself. */
    public static List<Path> in(Path directory) {
        return javaFiles(directory, 1);
    }

    /** The directories below one, and that one. */
    public static List<Path> directories(Path root) {
        try (var paths = Files.walk(root)) {
            return paths.filter(Files::isDirectory).sorted().toList();
        } catch (IOException reason) {
            throw new UncheckedIOException(reason);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException reason) {
            throw new UncheckedIOException(reason);
        }
    }

    private static List<Path> javaFiles(Path root, int depth) {
        try (var paths = Files.walk(root, depth)) {
            return paths.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException reason) {
            throw new UncheckedIOException(reason);
        }
    }
}
