package io.buildkitefleet.launcher;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A small project with the real launcher. Java and Maven are stand-ins that note how they were called, and PATH has
 * nothing but them and the ordinary commands that the launcher uses.
 */
final class LauncherProject {
    private static final Path STAND_INS = Path.of("src", "test", "resources", "launcher");

    /** All that the launcher may use, on Linux and on macOS, and that the stand-ins use. */
    private static final List<String> COMMANDS = List.of(
            "bash",
            "cat",
            "cksum",
            "cut",
            "dirname",
            "find",
            "mkdir",
            "mktemp",
            "mv",
            "ps",
            "readlink",
            "rm",
            "rmdir",
            "sed",
            "sleep",
            "sort");

    private static final int TIMEOUT_SECONDS = 60;

    private final Path root;
    private final Map<String, String> environment = new TreeMap<>();

    /** A run of the launcher that may not have ended yet. */
    record Started(Process process, Path out, Path err) {}

    /** What a run of the launcher left. */
    record Run(int exitCode, String out, String err) {}

    /** Makes the project below an empty directory. */
    LauncherProject(Path root) throws IOException {
        this.root = root.toRealPath();
        Files.createDirectories(project().resolve("launcher"));
        Files.createDirectories(root.resolve("tmp"));
        copyExecutable(Path.of("fleet"), project().resolve("fleet"));
        try (var parts = Files.list(Path.of("launcher"))) {
            for (var part : parts.toList()) {
                Files.copy(part, project().resolve("launcher").resolve(part.getFileName()));
            }
        }
        write("project/pom.xml", "<project/>");
        write("project/.mvn/jvm.config", "-Xshare:auto");
        write("project/src/main/java/App.java", "class App {}");
        write("project/src/main/resources/hooks/environment", "export A=1");
        copyExecutable(STAND_INS.resolve("mvn"), file("tools/mvn"));
        makeJdk("17.0.15");
        environment.put("PATH", file("tools") + ":" + commands());
        environment.put("TMPDIR", file("tmp").toString());
        environment.put("JAVA_HOME", file("jdk").toString());
    }

    private void makeJdk(String version) throws IOException {
        copyExecutable(STAND_INS.resolve("java"), file("jdk/bin/java"));
        copyExecutable(STAND_INS.resolve("java"), file("jdk/bin/javac"));
        releaseOfJdk(version);
    }

    /** A directory with the commands of this machine that the launcher may use, and no other. */
    private static Path commands() throws IOException {
        var directory = Files.createDirectories(Path.of("target", "launcher-commands"));
        for (var command : COMMANDS) {
            var link = directory.resolve(command);
            if (!Files.exists(link)) {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, onPath(command));
            }
        }
        return directory.toAbsolutePath();
    }

    private static Path onPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, command).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(command + " is not on PATH"));
    }

    /** Puts another command of this machine on the PATH. */
    void provideCommand(String command) throws IOException {
        program("tools/" + command, "exec " + onPath(command) + " \"$@\"\n");
    }

    /** Puts a program on the PATH that does nothing. */
    void provideIdle(String program) throws IOException {
        program("tools/" + program, "");
    }

    /** A program of these shell lines. */
    void program(String path, String script) throws IOException {
        write(path, "#!/bin/sh\n" + script);
        makeExecutable(file(path));
    }

    /** Has the command line hand over to a command: the program of this path below the root, and its arguments. */
    void commandLineHandsOver(String program, String... arguments) throws IOException {
        write(
                "handover",
                file(program) + "\0"
                        + Arrays.stream(arguments).map(word -> word + "\0").collect(joining()));
    }

    /** Bash lines that the stand-in for Java runs before it hands over. */
    void commandLineDoes(String script) throws IOException {
        write("command-line-does", script);
    }

    private static void copyExecutable(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
        makeExecutable(to);
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The version that the JDK says it has. */
    void releaseOfJdk(String version) throws IOException {
        write("jdk/release", "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    Path project() {
        return file("project");
    }

    /** A file by its path below the root: project, jdk and tools are beside each other. */
    Path file(String path) {
        return root.resolve(path);
    }

    void write(String path, String text) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.writeString(file(path), text);
    }

    void delete(String path) throws IOException {
        Files.delete(file(path));
    }

    boolean has(String path) {
        return Files.exists(file(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** Bash lines that the stand-in for Maven runs before it makes the jar, in the project's directory. */
    void mavenDoes(String script) throws IOException {
        write("maven-does", script);
    }

    /** Makes the next builds fail with a log of Maven. */
    void mavenFailsWith(String log) throws IOException {
        var text = Files.readString(STAND_INS.resolve(log))
                .replace("@PROJECT@", project().toString());
        write("maven.log", text);
        mavenDoes("cat \"$home/maven.log\"; exit 1");
    }

    /** What the launcher finds on its PATH. */
    String path() {
        return environment.get("PATH");
    }

    void unset(String variable) {
        environment.remove(variable);
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** Runs the launcher in the project's directory. */
    Run fleet(String... arguments) throws IOException, InterruptedException {
        return fleetIn(project(), arguments);
    }

    Run fleetIn(Path directory, String... arguments) throws IOException, InterruptedException {
        return end(start(directory, arguments));
    }

    Started start(Path directory, String... arguments) throws IOException {
        return startOf(project(), directory, arguments);
    }

    /** Starts the launcher of a copy of the project. */
    Started startOf(Path copy, Path directory, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(copy.resolve("fleet").toString()));
        command.addAll(Arrays.asList(arguments));
        var out = Files.createTempFile(root, "run", ".out");
        var err = Files.createTempFile(root, "run", ".err");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    static Run end(Started started) throws IOException, InterruptedException {
        if (!started.process().waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            started.process().destroyForcibly();
            throw new IllegalStateException("the launcher did not end: " + Files.readString(started.err()));
        }
        return new Run(started.process().exitValue(), Files.readString(started.out()), Files.readString(started.err()));
    }

    /** Waits until a file is there, or no longer there. */
    void await(String path, boolean there) throws InterruptedException {
        for (int tenths = 0; has(path) != there; tenths++) {
            if (tenths > TIMEOUT_SECONDS * 10) {
                throw new IllegalStateException(path + (there ? " did not appear" : " did not go"));
            }
            Thread.sleep(100);
        }
    }

    /** How a stand-in was called, oldest first: each argument in brackets. */
    List<String> calls(String tool) throws IOException {
        if (!has("calls")) {
            return List.of();
        }
        return Files.readAllLines(file("calls"), StandardCharsets.UTF_8).stream()
                .filter(call -> call.startsWith(tool + " "))
                .toList();
    }

    /** How often Maven was asked to build. */
    long builds() throws IOException {
        return calls("mvn").stream().filter(call -> call.contains("[package]")).count();
    }

    /** What the launcher left where temporary files go. */
    List<Path> temporaryFiles() throws IOException {
        try (var files = Files.list(file("tmp"))) {
            return files.toList();
        }
    }
}
