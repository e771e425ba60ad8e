package io.buildkitefleet.cli;

import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.text.ShellWord;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the configuration of the stack is, if not in the file of its name. */
final class ConfigFile {
    @Option(
            names = "--config-file",
            paramLabel = "FILE",
            description = "The stack's configuration, instead of the file of its name.")
    private Path file;

    boolean isGiven() {
        return file != null;
    }

    /**
     * The project with that file.
     *
     * @throws io.buildkitefleet.pulumi.ProjectException if Pulumi would not take the file
     */
    Project in(Project project) {
        return file == null ? project : project.withConfigFile(file.toAbsolutePath());
    }

    /** What makes another command of ./fleet read it too, with a blank before it. */
    String forFleet() {
        return file == null ? "" : " --config-file " + new ShellWord(file.toString());
    }

    /** The same for Pulumi, which runs in the directory of the project. */
    List<String> forPulumi() {
        return file == null
                ? List.of()
                : List.of("--config-file", file.toAbsolutePath().toString());
    }
}
