package io.buildkitefleet.revision;

import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.text.VisibleText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Git in a directory, whatever the environment says of another repository. */
final class Git {
    private static final String FATAL = "fatal: ";
    private static final String CONFIGURATION = "GIT_CONFIG_";

    private final Path directory;

    Git(Path directory) {
        this.directory = directory;
    }

    /** What a command prints, without the line feed at the end; none if it fails. */
    Optional<String> ask(String... arguments) {
        var process = start(ProcessBuilder.Redirect.DISCARD, arguments);
        try (var output = process.getInputStream()) {
            var text = new String(output.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroy();
            return Optional.empty();
        }
    }

    /** Why a command fails, in git's own words, for the end of a message; nothing if it gives no reason. */
    String complaint(String... arguments) {
        var process = start(ProcessBuilder.Redirect.PIPE, arguments);
        try (var errors = process.getErrorStream()) {
            return new String(errors.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(FATAL))
                    .findFirst()
                    .map(line -> "; git says: " + VisibleText.of(line.substring(FATAL.length())))
                    .orElse("");
        } catch (IOException unreadable) {
            return "";
        } finally {
            process.destroy();
        }
    }

    /**
     * Takes from a process what says where another repository is, which git hands to its hooks. How a person wants git
     * to be, as with {@code GIT_CONFIG_COUNT} or {@code GIT_CONFIG_GLOBAL}, stays:
     * https://git-scm.com/docs/git-config#ENVIRONMENT
     */
    static void forgetRepository(ProcessBuilder process) {
        process.environment()
                .keySet()
                .removeIf(variable -> variable.startsWith("GIT_") && !variable.startsWith(CONFIGURATION));
    }

    private Process start(ProcessBuilder.Redirect errors, String... arguments) {
        var command = new ArrayList<>(List.of("git", "-c", "core.hooksPath=/dev/null", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        try {
            var builder = new ProcessBuilder(command).redirectError(errors);
            forgetRepository(builder);
            return builder.start();
        } catch (IOException noGit) {
            throw new ProjectException("git cannot be started; install it, or give --base a plan's file", noGit);
        }
    }
}
