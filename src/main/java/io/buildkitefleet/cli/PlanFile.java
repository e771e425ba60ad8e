package io.buildkitefleet.cli;

import io.buildkitefleet.preview.PreviewException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all. */
final class PlanFile {
    /** What goes into the file. */
    interface Content {
        void writeTo(PrintWriter writer) throws IOException;
    }

    private PlanFile() {}

    /**
     * Replaces the file.
     *
     * @param option what named the file, for messages
     * @throws PreviewException if it can't be written; what was there before is then as it was
     */
    static void write(String option, Path file, Content content) {
        var target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new PreviewException(option + " " + file + ": is a directory; name a file");
        }
        try {
            var draft = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
            try {
                try (var writer = new PrintWriter(draft.toFile(), StandardCharsets.UTF_8)) {
                    content.writeTo(writer);
                    if (writer.checkError()) {
                        throw new IOException("the disk may be full");
                    }
                }
                move(draft, target);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException reason) {
            throw new PreviewException(
                    option + " " + file + ": can't be written (" + reason + "); name a file in a "
                            + "directory that exists and that you may write to",
                    reason);
        }
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
