package io.buildkitefleet.revision;

import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A stack that another one is compared with, as both are now.
 *
 * @param project in which its configuration is the one that was named
 * @param name the stack's
 * @param label how a person knows it beside the stack that it is compared with
 */
public record OtherStack(Project project, String name, String label) {
    private static final Pattern STACK_FILE = Pattern.compile("Pulumi\\.(.+)\\.yaml");
    private static final Pattern YAML = Pattern.compile(".*\\.ya?ml");

    /**
     * The stack that is meant by a base, if one is: by a file of configuration, or by the name of a stack, unless that
     * is a git revision, too.
     *
     * @param stack the one that is compared with it
     */
    public static Optional<OtherStack> of(Project project, String stack, String base) {
        var plain = project.withoutConfigFile();
        return file(plain, base).map(file -> ofFile(plain, stack, base, file)).or(() -> named(plain, base)
                .filter(name -> !Revision.isOne(plain, base))
                .map(name -> new OtherStack(plain, name, name)));
    }

    /** Whether a base that is a git revision is the name of a stack as well. */
    public static boolean isStack(Project project, String base) {
        return named(project.withoutConfigFile(), base).isPresent();
    }

    /** The stack that is named, with its organization and project or without, if it has a file here. */
    private static Optional<String> named(Project project, String base) {
        try {
            return Optional.of(project.stackName(base)).filter(project.stackNames()::contains);
        } catch (ProjectException noStack) {
            return Optional.empty();
        }
    }

    private static OtherStack ofFile(Project project, String stack, String base, Path file) {
        var named = STACK_FILE.matcher(file.getFileName().toString());
        var name = named.matches() ? named.group(1) : stack;
        var isOwn = named.matches() && file.equals(project.stackDirectory().resolve(file.getFileName()));
        return new OtherStack(isOwn ? project : project.withConfigFile(file), name, name.equals(stack) ? base : name);
    }

    /** As it is written, or from the directory of the project or of its stacks. */
    private static Optional<Path> file(Project project, String base) {
        if (!YAML.matcher(base).matches()) {
            return Optional.empty();
        }
        try {
            return Stream.of(
                            Path.of(base).toAbsolutePath(),
                            project.directory().resolve(base),
                            project.stackDirectory().resolve(base))
                    .map(Path::normalize)
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    /**
     * Previews it.
     *
     * @param previews that have its program
     * @throws io.buildkitefleet.config.read.ConfigException if its configuration is wrong
     */
    public StackPreview preview(Previews previews) {
        return new Previews(project, previews.engine()).of(name);
    }
}
