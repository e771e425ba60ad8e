package io.buildkitefleet.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A repository that stands in for one at GitHub.
 *
 * @param directory where it is
 */
record GitRepository(Path directory) {
    static GitRepository in(Path directory) throws Exception {
        var repository = new GitRepository(Files.createDirectories(directory));
        repository.git("init", "--quiet", "--initial-branch=main");
        // As GitHub does.
        repository.git("config", "uploadpack.allowAnySHA1InWant", "true");
        return repository;
    }

    /** Makes a commit with a script {@code run} and gives its hash. */
    String commit(String script) throws Exception {
        var file = Files.writeString(directory.resolve("run"), "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + file);
        }
        git("add", "run");
        git("-c", "user.name=Carol", "-c", "user.email=carol@acme.example", "commit", "--quiet", "--message=A change");
        return git("rev-parse", "HEAD");
    }

    String git(String... arguments) throws Exception {
        var command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        var run =
                Hooks.run(Map.of("PATH", System.getenv("PATH"), "GIT_CONFIG_GLOBAL", "/dev/null"), directory, command);
        if (run.exitCode() != 0) {
            throw new AssertionError(command + " ended with " + run.exitCode() + "\n" + run.output());
        }
        return run.output().strip();
    }

    /** Git's configuration by which these addresses mean this repository. */
    Path standingFor(Path file, List<String> addresses) throws IOException {
        var text = new StringBuilder("[url \"" + directory + "\"]\n");
        addresses.forEach(
                address -> text.append("\tinsteadOf = ").append(address).append('\n'));
        return Files.writeString(file, text);
    }
}
