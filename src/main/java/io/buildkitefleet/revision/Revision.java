package io.buildkitefleet.revision;

import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.text.Listing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A commit of the repository that the project is in.
 *
 * @param commit its full id
 * @param prefix path of the project in the repository, with a slash at the end; empty if it is all of it
 */
public record Revision(Project project, String commit, String prefix) {
    /** What the program is made of; the stacks' files are its input. */
    private static final List<String> PROGRAM = List.of("pom.xml", "pins.json", ".mvn", "src/main", "Pulumi.yaml");

    private static final Pattern STACK_FILE = Pattern.compile("(?:.*/)?Pulumi\\.(.+)\\.yaml");
    private static final Pattern PROJECT_NAME = Pattern.compile("(?m)^name:\\s*[\"']?([A-Za-z0-9_.-]+)");

    /**
     * Finds a revision.
     *
     * @param name a branch, a tag or a commit, as git takes it
     * @throws ProjectException if there is none of this name
     */
    public static Revision of(Project project, String name) {
        var git = new Git(project.directory());
        var prefix = git.ask("rev-parse", "--show-prefix")
                .orElseThrow(() -> new ProjectException(
                        "--base " + name + ": is no file, and the project is in no git repository; name a file made by "
                                + "./fleet preview STACK --json; ./fleet diff takes a stack as well: "
                                + Listing.of(project.stackNames())
                                + git.complaint("rev-parse", "--show-prefix")));
        var commit = commit(git, name)
                .orElseThrow(() -> new ProjectException("--base " + name
                        + ": is neither a file nor a revision of this repository; name a branch, a tag or a commit such "
                        + "as HEAD~1 (in a shallow clone, fetch it first), or a file made by ./fleet preview STACK --json"
                        + "; ./fleet diff takes a stack as well: "
                        + Listing.of(project.stackNames())));
        return new Revision(project, commit, prefix);
    }

    /** Whether the project is in a git repository in which a name is that of a revision. */
    static boolean isOne(Project project, String name) {
        return commit(new Git(project.directory()), name).isPresent();
    }

    private static Optional<String> commit(Git git, String name) {
        return git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
    }

    /** Whether its program is the one of the working tree, so that only stacks may differ. */
    public boolean hasTheSameProgram() {
        return isTheProgramOf(git(), commit);
    }

    /** Whether the program in git's directory is that of a commit. */
    static boolean isTheProgramOf(Git git, String commit) {
        return git.ask(with("diff", "--quiet", commit, "--")).isPresent()
                && git.ask(with("ls-files", "--others", "--exclude-standard", "--"))
                        .filter(String::isEmpty)
                        .isPresent();
    }

    /** What a stack is here, if its file or the project has another name now, as {@code dev of fleet}. */
    Optional<String> formerStack(String stack) {
        var file = project.directory()
                .relativize(project.stack(stack).file().toAbsolutePath())
                .toString();
        var former = git().ask("show", commit + ":" + prefix + file).isPresent() ? Optional.of(stack) : renamed(file);
        return former.map(name -> name + " of " + projectName())
                .filter(name -> !name.equals(stack + " of " + project.name()));
    }

    /** The stack whose file has become this one, as git sees it. */
    private Optional<String> renamed(String file) {
        var renames = git().ask("diff", "-z", "--find-renames", "--diff-filter=R", "--name-status", commit, "--", ".");
        var words = renames.orElse("").split("\0");
        for (int i = 0; i + 2 < words.length; i += 3) {
            if (words[i + 2].equals(prefix + file)) {
                return Optional.of(words[i + 1])
                        .map(STACK_FILE::matcher)
                        .filter(Matcher::matches)
                        .map(name -> name.group(1));
            }
        }
        return Optional.empty();
    }

    private String projectName() {
        var settings = git().ask("show", commit + ":" + prefix + "Pulumi.yaml").orElse("");
        return PROJECT_NAME
                .matcher(settings)
                .results()
                .map(name -> name.group(1))
                .findFirst()
                .orElse(project.name());
    }

    /** Where plans of this commit are kept: what they are made of never changes. */
    public Path cachedPlan(String stack) {
        return project.directory().resolve(Path.of("target", "base-plans", commit + "-" + stack + ".json"));
    }

    private Git git() {
        return new Git(project.directory());
    }

    private static String[] with(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(PROGRAM);
        return all.toArray(String[]::new);
    }
}
