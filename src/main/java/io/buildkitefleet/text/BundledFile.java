package io.buildkitefleet.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

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
        try (var file = Objects.requireNonNull(BundledFile.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
