package io.buildkitefleet.output;

import io.buildkitefleet.pulumi.IoErrorText;
import io.buildkitefleet.pulumi.ProjectException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.UUID;

/**
 * Writes a file that a user named, as a shell's {@code >} would, but whole or not at all. Through a symbolic link its
 * target is written. What is no regular file, such as a pipe or a device, is written as it is and never replaced.
 */
public final class AtomicFile {
    /** As many symbolic links as Linux follows. */
    private static final int LINKS = 40;

    /** What goes into the file. */
    public interface Content {
        void writeTo(Writer writer) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes the file. A new one gets the permissions that the umask says, one that is there keeps its own.
     *
     * @param option what named the file, for messages
     * @throws ProjectException if it can't be written; a regular file is then as it was before
     */
    public static void write(String option, Path file, Content content) {
        var name = option + " " + file;
        try {
            if (Files.isDirectory(file)) {
                throw new ProjectException(name + ": is a directory; name a file");
            }
            var target = target(name, file.toAbsolutePath());
            if (isStandardOutput(target)) {
                print(content);
            } else if (isOpenFile(target)) {
                requireOpenForWriting(name, target);
                writeInPlace(target, content, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            } else if (Files.exists(target) && !Files.isRegularFile(target)) {
                writeInPlace(target, content, StandardOpenOption.WRITE);
            } else {
                replace(name, target, content);
            }
        } catch (IOException reason) {
            throw new ProjectException(name + ": can't be written (" + IoErrorText.of(reason) + ")", reason);
        }
    }

    /** Where symbolic links lead, whether or not a file is there. */
    private static Path target(String name, Path file) throws IOException {
        var path = file;
        for (int links = 0; links <= LINKS; links++) {
            var directory = path.getParent();
            if (!Files.isDirectory(directory)) {
                throw new ProjectException(
                        name + ": there is no directory " + directory + "; make it, or name another file");
            }
            path = directory.toRealPath().resolve(path.getFileName());
            if (isOpenFile(path) || !Files.isSymbolicLink(path)) {
                return path;
            }
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        throw new FileSystemLoopException(file.toString());
    }

    /** Whether it stands for what this process has open, such as {@code /dev/fd/3} for what {@code 3>FILE} opened. */
    private static boolean isOpenFile(Path path) {
        return path.startsWith("/proc") || path.startsWith("/dev/fd");
    }

    /**
     * A number that the user's shell has not opened may be one of Java's own files, such as a library that it reads.
     */
    private static void requireOpenForWriting(String name, Path target) throws IOException {
        var isKnown = target.startsWith("/proc") && Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (isKnown
                && !Files.getPosixFilePermissions(target, LinkOption.NOFOLLOW_LINKS)
                        .contains(PosixFilePermission.OWNER_WRITE)) {
            throw new ProjectException(name + ": is not open for writing");
        }
    }

    /** What {@code /dev/stdout} leads to on Linux and on macOS: opened anew, it would be written from its beginning. */
    private static boolean isStandardOutput(Path path) {
        return path.equals(Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/1"))
                || path.equals(Path.of("/dev/fd/1"));
    }

    private static void print(Content content) throws IOException {
        var writer = new VisibleWriter(System.out, false);
        content.writeTo(writer);
        writer.flush();
    }

    private static void writeInPlace(Path target, Content content, OpenOption... options) throws IOException {
        try (var writer = writer(Files.newOutputStream(target, options))) {
            content.writeTo(writer);
        }
    }

    private static void replace(String name, Path target, Content content) throws IOException {
        var directory = target.getParent();
        if (!Files.isWritable(directory)) {
            throw new ProjectException(name + ": you may not write to the directory " + directory);
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new ProjectException(name + ": is there already, and you may not write to it");
        }
        // Not made by createTempFile, whose files only their owner may read.
        var draft = directory.resolve(".fleet-" + UUID.randomUUID() + ".part");
        try {
            try (var writer =
                    writer(Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                keepPermissions(target, draft);
                content.writeTo(writer);
            }
            move(draft, target);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void keepPermissions(Path target, Path draft) throws IOException {
        var permissions = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (permissions != null && Files.exists(target)) {
            Files.setPosixFilePermissions(draft, permissions.readAttributes().permissions());
        }
    }

    private static Writer writer(OutputStream out) {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
