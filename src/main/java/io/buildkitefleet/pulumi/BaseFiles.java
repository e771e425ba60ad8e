package io.buildkitefleet.pulumi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of a project from which its stacks may take what they lack. An object of a stack's configuration, or of
 * such a file's, names one under {@code extends}.
 *
 * @param directory absolute path of the project; paths of files count from there, wherever they are written
 * @param project its name
 */
public record BaseFiles(Path directory, String project) {
    /** The key of an object that names a file. */
    public static final String EXTENDS = "extends";

    private static final Pattern FORM = Pattern.compile(".*\\.ya?ml");

    public BaseFiles {
        directory = directory.toAbsolutePath().normalize();
    }

    /**
     * Those of the project that a program belongs to.
     *
     * @param environment as Pulumi has made it for the program
     */
    public static BaseFiles of(String project, Map<String, String> environment) {
        var known = Optional.ofNullable(environment.get("PULUMI_ROOT_DIRECTORY"))
                .or(() -> Optional.ofNullable(environment.get("PULUMI_PWD")))
                .orElse("");
        return new BaseFiles(projectAround(Path.of(known).toAbsolutePath().normalize()), project);
    }

    /**
     * The program may run below the project ({@code main} in {@code Pulumi.yaml}), which Pulumi finds from there too.
     */
    private static Path projectAround(Path directory) {
        for (var above = directory; above != null; above = above.getParent()) {
            if (Files.isRegularFile(above.resolve(Project.FILE))) {
                return above;
            }
        }
        return directory;
    }

    /**
     * Reads one.
     *
     * @param path from the directory of the project
     * @throws ProjectException if it is no file of the project, or can't be read; the message is about the path
     */
    public BaseFile read(String path) {
        return BaseFile.read(project, name(path), locate(path));
    }

    /** However it is written. */
    private String name(String path) {
        return directory.relativize(locate(path)).toString();
    }

    private Path locate(String path) {
        var got = ", got \"" + path + "\"";
        if (!FORM.matcher(path).matches()) {
            throw new ProjectException(
                    "must be the path of a file whose name ends in .yaml or .yml, such as " + "Pulumi.base.yaml" + got);
        }
        var inside = "must be in the directory of the project, so that a revision of it has the file too" + got;
        try {
            var file = directory.resolve(path).normalize();
            if (Path.of(path).isAbsolute() || !file.startsWith(directory)) {
                throw new ProjectException(inside);
            }
            if (!Files.isRegularFile(file)) {
                throw new ProjectException("must be the path of a file, from the directory of the project" + got
                        + "; there is none in " + directory);
            }
            if (!file.toRealPath().startsWith(directory.toRealPath())) {
                throw new ProjectException(inside + ", which links to a file outside");
            }
            return file;
        } catch (InvalidPathException noPath) {
            throw new ProjectException("must be the path of a file" + got, noPath);
        } catch (IOException unreadable) {
            throw new ProjectException("\"" + path + "\" cannot be read: " + IoErrorText.of(unreadable), unreadable);
        }
    }

    /** The files that a file takes from, near and far; what cannot be read takes from none. */
    public Set<Path> under(Path file) {
        var found = new LinkedHashSet<Path>();
        collect(file, found);
        return found;
    }

    private void collect(Path file, Set<Path> found) {
        for (var path : extended(file)) {
            try {
                var base = locate(path);
                if (found.add(base)) {
                    collect(base, found);
                }
            } catch (ProjectException none) {
                // It is said to whoever asks for the stack.
            }
        }
    }

    private static Set<String> extended(Path file) {
        var paths = new LinkedHashSet<String>();
        try {
            var text = YamlFile.readText(file);
            // Each file of a stack is asked at each start, and nearly all name no other.
            if (text.contains(EXTENDS) && YamlFile.readMap(file, text).get("config") instanceof Map<?, ?> config) {
                for (var value : config.values()) {
                    if (value instanceof Map<?, ?> object && object.get(EXTENDS) instanceof String path) {
                        paths.add(path);
                    }
                }
            }
        } catch (ProjectException unreadable) {
            // The same.
        }
        return paths;
    }
}
