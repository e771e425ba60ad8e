package io.buildkitefleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Directories that are made for a measurement and go after it. */
final class Directories {
    private Directories() {}

    /** Deletes the directory with all that is in it; what its links point to stays. */
    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
