package io.buildkitefleet.cli;

import io.buildkitefleet.pulumi.ConfigOutput;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.text.ShellWord;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the configuration of the stack is, if not in the file of its name. */
final class ConfigFile {
    @Option(
            names = "--config-file",
            paramLabel = "FILE",
            description =
                    "The stack's configuration, instead of the file of its name. Where Pulumi is not run, also a .json "
                            + "file with what pulumi config --json prints, which has the values of ESC environments.")
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

    /**
     * The same for Pulumi, which runs in the directory of the project.
     *
     * @throws ProjectException if Pulumi has made the file, and would not read it
     */
    List<String> forPulumi() {
        if (file == null) {
            return List.of();
        }
        if (ConfigOutput.isOne(file.toAbsolutePath())) {
            throw new ProjectException(
                    "--config-file " + file + ": is what pulumi config --json prints, and Pulumi does "
                            + "not read that; leave it out: Pulumi opens environments itself");
        }
        return List.of("--config-file", file.toAbsolutePath().toString());
    }
}
