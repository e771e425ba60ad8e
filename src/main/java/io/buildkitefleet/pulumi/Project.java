package io.buildkitefleet.pulumi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * A Pulumi project: a directory with a {@code Pulumi.yaml}.
 *
 * @param directory absolute path; the program runs in it
 * @param name the namespace of configuration keys that name none
 * @param description free text, empty if there is none
 * @param requiredPulumi the versions of Pulumi that may run the program
 */
public record Project(Path directory, String name, String description, VersionRange requiredPulumi) {
    private static final String FILE = "Pulumi.yaml";
    private static final String REQUIRED_PULUMI = "requiredPulumiVersion";
    /** Two edits cover a swapped pair of letters, the commonest slip. */
    private static final LevenshteinDistance TYPO = new LevenshteinDistance(2);

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
                root, name, settings.get("description") instanceof String text ? text : "", requiredPulumi(settings));
    }

    private static VersionRange requiredPulumi(Map<String, Object> settings) {
        Object range = settings.get(REQUIRED_PULUMI);
        try {
            return range == null ? VersionRange.ANY : new VersionRange(range.toString());
        } catch (IllegalArgumentException none) {
            throw new ProjectException(
                    FILE + ": " + REQUIRED_PULUMI + ": \"" + range
                            + "\" is no range of versions; write one such as \">=" + "3.207.0\"",
                    none);
        }
    }

    /** @throws ProjectException if there is no such stack, or its file cannot be read */
    public Stack stack(String stackName) {
        Path file = directory.resolve(stackFile(stackName));
        if (!Files.isRegularFile(file)) {
            throw new ProjectException(unknownStack(stackName));
        }
        return Stack.read(this, stackName, file);
    }

    private static String stackFile(String stackName) {
        return "Pulumi." + stackName + ".yaml";
    }

    /** The stacks that have a file here, in alphabetical order. */
    public List<String> stackNames() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("Pulumi.") && file.endsWith(".yaml") && !file.equals(FILE))
                    .map(file -> file.substring("Pulumi.".length(), file.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ProjectException(directory + ": cannot be listed: " + IoErrorText.of(e), e);
        }
    }

    private String unknownStack(String stackName) {
        List<String> known = stackNames();
        String missing = "there is no stack \"" + stackName + "\" (" + stackFile(stackName) + " in " + directory + ")";
        if (known.isEmpty()) {
            return missing + "; there is none yet: make one with `pulumi stack init " + stackName + "`";
        }
        String hint = nearest(stackName, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
        return missing + "; stacks here: " + known.stream().collect(Collectors.joining(", ")) + hint;
    }

    private static Optional<String> nearest(String stackName, List<String> known) {
        return known.stream()
                .filter(name -> TYPO.apply(name, stackName) >= 0)
                .min((a, b) -> TYPO.apply(a, stackName) - TYPO.apply(b, stackName));
    }
}
