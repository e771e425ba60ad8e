package io.buildkitefleet.output;

import io.buildkitefleet.pulumi.IoErrorText;
import io.buildkitefleet.pulumi.ProjectException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Makes a file that is not there yet, whole or not at all. What is there is never written over, nor what a link names.
 */
public final class NewFile {
    private NewFile() {}

    /**
     * Makes it, with the permissions that the umask says.
     *
     * @param content in UTF-8
     * @throws ProjectException if something of its name is there, or it can't be written; there is no part of it then
     */
    public static void write(Path file, String content) {
        // A signal ends the program without its finally; this goes then, too.
        var draft = file.resolveSibling(".fleet-" + UUID.randomUUID() + ".part");
        draft.toFile().deleteOnExit();
        try {
            Files.writeString(draft, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            appear(draft, file, content);
        } catch (FileAlreadyExistsException there) {
            throw new ProjectException(file + ": is there already, and nothing was changed", there);
        } catch (IOException reason) {
            throw new ProjectException(file + ": can't be written (" + IoErrorText.of(reason) + ")", reason);
        } finally {
            draft.toFile().delete();
        }
    }

    /** A second name for the draft appears at once, and never in place of something. */
    private static void appear(Path draft, Path file, String content) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException there) {
            throw there;
        } catch (UnsupportedOperationException | FileSystemException notHere) {
            writeInPlace(file, content);
        }
    }

    /** Where files have one name alone, such as on a memory card. */
    private static void writeInPlace(Path file, String content) throws IOException {
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (FileAlreadyExistsException there) {
            throw there;
        } catch (IOException unfinished) {
            Files.deleteIfExists(file);
            throw unfinished;
        }
    }
}
