package io.buildkitefleet.hooks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The real agent: the one that {@code tools/install} builds, else the one on PATH.
 *
 * @param executable its path
 */
public record BuildkiteAgent(Path executable) {
    /** @throws IllegalStateException if there is none, with what to do */
    public static BuildkiteAgent find() {
        var onPath = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv("PATH"))
                .map(Path::of);
        return Stream.concat(Stream.of(Path.of(".tools", "bin").toAbsolutePath()), onPath)
                .map(directory -> directory.resolve("buildkite-agent"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(BuildkiteAgent::new)
                .orElseThrow(() -> new IllegalStateException(
                        "these tests need the Buildkite agent, which is neither in .tools/bin nor on PATH: "
                                + "run tools/install buildkite-agent"));
    }

    /** A PATH on which it comes first. */
    public String path() {
        return executable.getParent() + File.pathSeparator + System.getenv("PATH");
    }

    /** Runs one job to its end, with hooks and with this in its environment; gives the agent's own log. */
    public String run(AgentApi api, Path directory, Hooks hooks, Map<String, String> environment)
            throws IOException, InterruptedException {
        var variables = new TreeMap<>(environment);
        variables.putIfAbsent("PATH", path());
        variables.put("HOME", Files.createDirectories(directory.resolve("home")).toString());
        variables.put(
                "TMPDIR", Files.createDirectories(directory.resolve("tmp")).toString());
        variables.put("BUILDKITE_AGENT_TOKEN", "registration");
        var run = Hooks.run(
                variables,
                directory,
                List.of(
                        executable.toString(),
                        "start",
                        "--endpoint=" + api.endpoint(),
                        "--hooks-path=" + hooks.directory(),
                        "--build-path=" + directory.resolve("builds"),
                        "--plugins-path=" + directory.resolve("plugins"),
                        "--sockets-path=" + directory.resolve("s"),
                        "--tags=queue=big",
                        "--name=test",
                        "--no-color",
                        "--no-ssh-keyscan",
                        "--disconnect-after-job"));
        if (run.exitCode() != 0 || !api.unknown().isEmpty()) {
            throw new AssertionError("the agent ended with " + run.exitCode() + ", not answered: " + api.unknown()
                    + "\n" + run.output() + api.log());
        }
        return run.output();
    }
}
