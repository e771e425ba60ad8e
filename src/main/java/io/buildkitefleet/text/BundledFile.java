package io.buildkitefleet.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file of {@code src/main/resources}, as it is in the jar. */
public final class BundledFile {
    private BundledFile() {}

    /**
     * What is in it.
     *
     * @param path with a slash before it, such as {@code /cloud/regions.json}
     * @throws NullPointerException naming the path if there is no such file
     */
    public static String text(String path) {
        return find(path).orElseThrow(() -> new NullPointerException(path));
    }

    /** What is in it, if it is there. */
    public static Optional<String> find(String path) {
        try (var file = BundledFile.class.getResourceAsStream(path)) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
