package io.buildkitefleet.pulumi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Pulumi project: a directory with a {@code Pulumi.yaml}.
 *
 * @param directory absolute path; the program runs in it
 * @param name the namespace of configuration keys that name none
 * @param description free text, empty if there is none
 * @param requiredPulumi the versions of Pulumi that may run the program
 * @param stackFiles where the configurations of its stacks are
 * @param config what it says of the configuration of all its stacks
 */
public record Project(
        Path directory,
        String name,
        String description,
        VersionRange requiredPulumi,
        StackFiles stackFiles,
        ProjectConfig config) {
    static final String FILE = "Pulumi.yaml";
    private static final String REQUIRED_PULUMI = "requiredPulumiVersion";

    /** @throws ProjectException if the directory holds no readable {@code Pulumi.yaml} with a name */
    public static Project read(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        Path file = root.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new ProjectException("no " + FILE + " in " + root + ": run this in the directory of the project");
        }
        Map<String, Object> settings = YamlFile.readMap(file);
        if (!(settings.get("name") instanceof String name) || name.isBlank()) {
            throw new ProjectException(FILE + ": name is missing: give the project a name");
        }
        return new Project(
                root,
                name,
                settings.get("description") instanceof String text ? text : "",
                requiredPulumi(settings),
                StackFiles.read(new BaseFiles(root, name), settings),
                ProjectConfig.read(name, settings.get("config")));
    }

    private static VersionRange requiredPulumi(Map<String, Object> settings) {
        Object range = settings.get(REQUIRED_PULUMI);
        try {
            return range == null ? VersionRange.ANY : new VersionRange(range.toString());
        } catch (IllegalArgumentException none) {
            throw new ProjectException(
                    FILE + ": " + REQUIRED_PULUMI + ": \"" + range
                            + "\" is no range of versions; write one such as \">=3.207.0\"",
                    none);
        }
    }

    /** A project with nothing but a name, whose stacks have their files beside {@code Pulumi.yaml}. */
    public static Project of(Path directory, String name, VersionRange requiredPulumi) {
        return new Project(
                directory,
                name,
                "",
                requiredPulumi,
                new StackFiles(directory, new BaseFiles(directory, name), Optional.empty()),
                new ProjectConfig(name, List.of()));
    }

    /**
     * This project with a file that is the configuration of whichever stack is read, as Pulumi's {@code --config-file}.
     *
     * @throws ProjectException if it is not there, or is none that Pulumi would read
     */
    public Project withConfigFile(Path file) {
        return new Project(directory, name, description, requiredPulumi, stackFiles.withChosen(file), config);
    }

    /** This project, in which each stack has the file of its own name. */
    public Project withoutConfigFile() {
        return new Project(directory, name, description, requiredPulumi, stackFiles.withoutChosen(), config);
    }

    /** The directory in which its stacks' files are. */
    public Path stackDirectory() {
        return stackFiles.directory();
    }

    /**
     * Reads a stack.
     *
     * @param reference as {@code pulumi --stack} takes it: {@code dev}, {@code acme/dev} or
     *     {@code acme/buildkite-fleet/dev}; or its file, {@code Pulumi.dev.yaml}
     * @throws ProjectException if there is no such stack here, or its file cannot be read
     */
    public Stack stack(String reference) {
        var read = reference(reference);
        return Stack.read(this, read, stackFiles.file(read.name()));
    }

    /**
     * The file of a stack that is to be made.
     *
     * @param reference as {@link #stack} takes it
     * @throws ProjectException if Pulumi takes no stack of that name, if something of the file's name is there, or if
     *     nothing can be written beside it
     */
    public Path fileOfNewStack(String reference) {
        return stackFiles.ofNew(stackName(reference));
    }

    /**
     * A stack whose file would have this in it.
     *
     * @param reference as {@link #stack} takes it
     * @throws ProjectException as if that were read
     */
    public Stack stackOf(String reference, String text) {
        var read = reference(reference);
        return Stack.of(this, read, stackFiles.ofName(read.name()), text);
    }

    /**
     * The name of a stack, which its file has, whether it is there or not.
     *
     * @param reference as {@link #stack} takes it
     * @throws ProjectException if it is none of this project
     */
    public String stackName(String reference) {
        return reference(reference).name();
    }

    private StackReference reference(String text) {
        return stackFiles
                .stackOf(text)
                .map(stack -> new StackReference(stack, stack))
                .orElseGet(() -> StackReference.parse(text, name));
    }

    /** The other stacks that have a file here which can be read, as it is. */
    public List<Stack> stacksBeside(String stackName) {
        var own = stackFiles.withoutChosen();
        var stacks = new ArrayList<Stack>();
        for (var other : own.names()) {
            if (!other.equals(stackName)) {
                try {
                    stacks.add(Stack.read(this, new StackReference(other, other), own.file(other)));
                } catch (ProjectException unreadable) {
                    // It is said to whoever asks for that stack.
                }
            }
        }
        return List.copyOf(stacks);
    }

    /** The stacks that have a file here, in alphabetical order. */
    public List<String> stackNames() {
        return stackFiles.names();
    }
}
