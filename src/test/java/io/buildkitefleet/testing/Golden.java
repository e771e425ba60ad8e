package io.buildkitefleet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds what a person has agreed to; {@code -Dgoldens.update=true} writes what is there now instead. */
public final class Golden {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "goldens");

    private final Path file;

    private Golden(Path file) {
        this.file = file;
    }

    public static Golden named(String name) {
        return new Golden(DIRECTORY.resolve(name));
    }

    public void matches(String text) {
        try {
            if (Boolean.getBoolean("goldens.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            assertThat(text)
                    .as(
                            "%s; if the change is meant: ./fleet test -Dgoldens.update=true, and review the difference",
                            file)
                    .isEqualTo(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
