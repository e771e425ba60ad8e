package io.buildkitefleet.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A project with nothing but the real tools directory and Pulumi.yaml. Go is a stand-in, and PATH has only what the
 * script uses.
 */
final class ToolsProject {
    private static final Path TOOLS = Path.of("tools");
    private static final Path STAND_IN = Path.of("src", "test", "resources", "tools", "go");

    /** All that the script and the stand-in may use, on Linux and on macOS. */
    private static final List<String> COMMANDS = List.of(
            "bash",
            "cat",
            "chmod",
            "cksum",
            "cp",
            "dirname",
            "flock",
            "grep",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep");

    private static final int TIMEOUT_SECONDS = 60;

    private final Path root;
    private final Map<String, String> variables = new TreeMap<>();

    /** A run that may not have ended yet. */
    record Started(Process process, Path output) {}

    /** What a run left; all that the script says goes to stderr. */
    record Run(int exitCode, String err) {}

    /** Makes the project below an empty directory. */
    ToolsProject(Path root) throws IOException {
        this.root = root.toRealPath();
        try (var files = Files.walk(TOOLS)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = file("project").resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.copy(Path.of("Pulumi.yaml"), file("project/Pulumi.yaml"));
        write("go-version", "go1.26.0");
        executable("bin/go", Files.readString(STAND_IN));
        for (var command : COMMANDS) {
            provide(command);
        }
    }

    private void provide(String command) throws IOException {
        for (var directory : System.getenv("PATH").split(":")) {
            var found = Path.of(directory, command);
            if (Files.isExecutable(found)) {
                executable("bin/" + command, "#!/bin/sh\nexec " + found + " \"$@\"\n");
                return;
            }
        }
    }

    /** A file by its path below the root: project and bin, which is PATH, are beside each other. */
    Path file(String path) {
        return root.resolve(path);
    }

    void write(String path, String text) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.writeString(file(path), text);
    }

    void executable(String path, String text) throws IOException {
        write(path, text);
        Files.setPosixFilePermissions(file(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Sets a variable of the environment, which has only PATH otherwise. */
    void set(String variable, String value) {
        variables.put(variable, value);
    }

    /** Bash lines that the stand-in for Go runs before it builds. */
    void goDoes(String script) throws IOException {
        write("go-does", script);
    }

    Run install(String... arguments) throws IOException, InterruptedException {
        return end(start(arguments));
    }

    Started start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(file("project/tools/install").toString()));
        Files.setPosixFilePermissions(Path.of(command.get(0)), PosixFilePermissions.fromString("rwxr-xr-x"));
        command.addAll(Arrays.asList(arguments));
        var output = Files.createTempFile(root, "run", ".err");
        var builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", file("bin").toString());
        builder.environment().putAll(variables);
        return new Started(builder.start(), output);
    }

    static Run end(Started started) throws IOException, InterruptedException {
        if (!started.process().waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            started.process().destroyForcibly();
            throw new IllegalStateException("tools/install did not end: " + Files.readString(started.output()));
        }
        return new Run(started.process().exitValue(), Files.readString(started.output()));
    }

    /** What a program that was built prints, a line for each of its arguments, when it is started in a directory. */
    List<String> run(String directory, String program, String... arguments) throws IOException, InterruptedException {
        Files.createDirectories(file(directory));
        var command = new ArrayList<>(List.of(file(program).toString()));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command).directory(file(directory).toFile());
        builder.environment().put("PATH", file("bin").toString());
        var process = builder.start();
        try (var lines = process.inputReader()) {
            return lines.lines().skip(1).toList();
        }
    }

    /** Waits until a file is there. */
    void await(String path) throws InterruptedException {
        for (int tenths = 0; !Files.exists(file(path)); tenths++) {
            if (tenths > TIMEOUT_SECONDS * 10) {
                throw new IllegalStateException(path + " did not appear");
            }
            Thread.sleep(100);
        }
    }

    /** The arguments of each build that Go was asked for, oldest first. */
    List<String> builds() throws IOException {
        return Files.exists(file("calls")) ? Files.readAllLines(file("calls")) : List.of();
    }

    /** The names in a directory, in alphabetical order; none if it is not there. */
    List<String> names(String directory) throws IOException {
        if (!Files.exists(file(directory))) {
            return List.of();
        }
        try (var files = Files.list(file(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    String read(String path) throws IOException {
        return Files.readString(file(path));
    }
}
