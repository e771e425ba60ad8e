package io.buildkitefleet.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Registries in a folder, as the stand-in for crane keeps them, and the script that copies from one to another. */
final class Registries {
    private static final Path CRANE = Path.of("src", "test", "resources", "registry-mirror");

    private final Path directory;

    Registries(Path directory) {
        this.directory = directory;
    }

    /** What a run of a script came to. */
    record Run(int exitCode, String out, String err) {}

    /**
     * Publishes something under a name with a tag, as a push does: what the tag meant before stays under its digest.
     *
     * @return its digest
     */
    String publish(String name, byte[] content) {
        try {
            var digest = digest(content);
            var colon = name.lastIndexOf(':');
            var repository = directory.resolve(name.substring(0, colon));
            Files.createDirectories(repository.resolve("tags"));
            Files.createDirectories(repository.resolve("digests"));
            Files.write(repository.resolve("tags").resolve(name.substring(colon + 1)), content);
            Files.write(repository.resolve("digests").resolve(digest), content);
            return digest;
        } catch (IOException reason) {
            throw new AssertionError(reason);
        }
    }

    String publish(String name, String content) {
        return publish(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of what a name with a tag or a digest means; empty if there is nothing. */
    String digestOf(String name) {
        var cut = Math.max(name.lastIndexOf('@'), name.contains("@") ? -1 : name.lastIndexOf(':'));
        var file = directory
                .resolve(name.substring(0, cut))
                .resolve(name.charAt(cut) == '@' ? "digests" : "tags")
                .resolve(name.substring(cut + 1));
        try {
            return Files.exists(file) ? digest(Files.readAllBytes(file)) : "";
        } catch (IOException reason) {
            throw new AssertionError(reason);
        }
    }

    /** Removes what a digest means from a repository. */
    void forget(String repository, String digest) {
        delete(directory.resolve(repository).resolve("digests").resolve(digest));
    }

    void removeFaults() {
        delete(directory.resolve("faults"));
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException reason) {
            throw new AssertionError(reason);
        }
    }

    /** Makes crane fail: {@code copy NAME}, {@code tag NAME}, {@code denied HOST}, or with pages: {@code page HOST}. */
    void fault(String line) {
        try {
            Files.writeString(
                    directory.resolve("faults"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException reason) {
            throw new AssertionError(reason);
        }
    }

    /** What crane was asked to do since the last time. */
    List<String> calls() throws IOException {
        var file = directory.resolve("calls");
        if (!Files.exists(file)) {
            return List.of();
        }
        var calls = Files.readAllLines(file);
        Files.delete(file);
        return calls;
    }

    /** A chart whose values name these images. */
    static byte[] chart(Path scratch, String... images) throws Exception {
        var chart = Files.createDirectories(scratch.resolve("agent-stack-k8s"));
        Files.writeString(chart.resolve("Chart.yaml"), "name: agent-stack-k8s\n");
        Files.writeString(
                chart.resolve("values.yaml"),
                Stream.of(images)
                        .map(image -> "image: \"" + image + "\"\n")
                        .reduce("agentToken: \"\"\n", String::concat));
        var archive = scratch.resolve("chart.tar");
        var tar = new ProcessBuilder("tar", "-cf", archive.toString(), "-C", scratch.toString(), "agent-stack-k8s")
                .start();
        assertThat(tar.waitFor()).isZero();
        return Files.readAllBytes(archive);
    }

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    Run run(String script, String... arguments) throws Exception {
        return run(CRANE.toAbsolutePath() + ":" + System.getenv("PATH"), script, arguments);
    }

    /** With another PATH than that of the stand-in. */
    Run run(String path, String script, String[] arguments) throws Exception {
        var command = new ArrayList<>(List.of("/bin/bash", "-c", script, "fill"));
        command.addAll(List.of(arguments));
        var out = directory.resolve("out");
        var err = directory.resolve("err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("PATH", path);
        builder.environment().put("REGISTRIES", directory.toString());
        var exitCode = builder.start().waitFor();
        return new Run(exitCode, Files.readString(out), Files.readString(err));
    }
}
