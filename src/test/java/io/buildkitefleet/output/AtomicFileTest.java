package io.buildkitefleet.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.buildkitefleet.pulumi.ProjectException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that a user names is written as a shell would write it. */
class AtomicFileTest {
    @TempDir
    private Path directory;

    @Test
    void aNewFileHasThePermissionsThatTheUmaskSays() throws IOException {
        var ordinary = Files.createFile(directory.resolve("ordinary"));
        var file = directory.resolve("plan");
        write(file, "new");
        assertThat(file).hasContent("new");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(ordinary));
    }

    @Test
    void aFileThatIsThereKeepsItsPermissions() throws IOException {
        var file = Files.writeString(directory.resolve("plan"), "old");
        for (var permissions : new String[] {"rw-rw-rw-", "rw-------"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            write(file, "new");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(permissions);
        }
        assertThat(file).hasContent("new");
    }

    @Test
    void throughALinkItsTargetIsReplaced() throws IOException {
        var file = Files.writeString(
                Files.createDirectory(directory.resolve("real")).resolve("plan"), "old");
        var link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real/plan"));
        var linkToIt = Files.createSymbolicLink(directory.resolve("link-to-it"), link);
        write(linkToIt, "new");
        assertThat(link).isSymbolicLink();
        assertThat(linkToIt).isSymbolicLink();
        assertThat(file).hasContent("new").isRegularFile();
    }

    @Test
    void throughALinkThatLeadsNowhereTheFileIsMade() throws IOException {
        var link = Files.createSymbolicLink(directory.resolve("link"), Path.of("plan"));
        write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(directory.resolve("plan")).hasContent("new");
    }

    @Test
    void linksThatLeadToEachOtherAreSaid() throws IOException {
        var one = directory.resolve("one");
        Files.createSymbolicLink(one, Path.of("two"));
        Files.createSymbolicLink(directory.resolve("two"), Path.of("one"));
        assertThatThrownBy(() -> write(one, "new"))
                .isInstanceOf(ProjectException.class)
                .hasMessage("--out " + one + ": can't be written (its symbolic links form a loop)");
    }

    @Test
    void aPipeIsWrittenAndStays() throws Exception {
        var pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var link = Files.createSymbolicLink(directory.resolve("link"), pipe);
        var reader = new ProcessBuilder("cat", pipe.toString()).start();
        var read = CompletableFuture.supplyAsync(() -> text(reader));
        try {
            write(link, "new");
            assertThat(Files.readAttributes(pipe, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .isOther())
                    .as("is a pipe still")
                    .isTrue();
            assertThat(read.get(1, TimeUnit.MINUTES)).isEqualTo("new");
        } finally {
            reader.destroy();
        }
        assertThat(link).isSymbolicLink();
    }

    /** As root, and for one's own files, opening the number again would do. */
    @Test
    void whatIsOpenForReadingIsNotWritten() throws IOException {
        assumeThat(Path.of("/proc/self/fd")).isDirectory();
        var file = Files.writeString(directory.resolve("library"), "old");
        try (var reader = new FileInputStream(file.toFile());
                var open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(reader.read()).isEqualTo('o');
            var number = open.filter(path -> isSame(path, file)).findFirst().orElseThrow();
            assertThatThrownBy(() -> write(number, "new"))
                    .isInstanceOf(ProjectException.class)
                    .hasMessage("--out " + number + ": is not open for writing");
        }
        assertThat(file).hasContent("old");
    }

    @Test
    void whatFailsHalfwayLeavesTheFileAsItWas() throws IOException {
        var file = Files.writeString(directory.resolve("plan"), "old");
        assertThatThrownBy(() -> AtomicFile.write("--out", file, writer -> {
                    writer.write("half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(ProjectException.class)
                .hasMessage("--out " + file + ": can't be written (No space left on device)");
        assertThat(file).hasContent("old");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileThatOneMayNotWriteIsNotReplaced() throws IOException {
        var file = Files.writeString(directory.resolve("plan"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeThat(Files.isWritable(file)).as("root may write anything").isFalse();
        assertThatThrownBy(() -> write(file, "new"))
                .isInstanceOf(ProjectException.class)
                .hasMessage("--out " + file + ": is there already, and you may not write to it");
    }

    @Test
    void aFileIsNoDirectory() throws IOException {
        var file = Files.createFile(directory.resolve("plan"));
        assertThatThrownBy(() -> write(file.resolve("more"), "new"))
                .isInstanceOf(ProjectException.class)
                .hasMessageContaining(": there is no directory " + file);
    }

    private static void write(Path file, String text) {
        AtomicFile.write("--out", file, writer -> writer.write(text));
    }

    private static boolean isSame(Path path, Path file) {
        try {
            return Files.isSameFile(path, file);
        } catch (IOException gone) {
            return false;
        }
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return gone.toString();
        }
    }
}
