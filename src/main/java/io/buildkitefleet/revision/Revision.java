package io.buildkitefleet.revision;

import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A commit of the repository that the project is in.
 *
 * @param commit its full id
 * @param prefix path of the project in the repository, with a slash at the end; empty if it is all of it
 */
public record Revision(Project project, String commit, String prefix) {
    /** What the program is made of; the stacks' files are its input. */
    private static final List<String> PROGRAM = List.of("pom.xml", ".mvn", "src/main", "Pulumi.yaml");

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
                                + "./fleet preview STACK --json"));
        var commit = git.ask("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
                .orElseThrow(
                        () -> new ProjectException(
                                "--base " + name
                                        + ": is neither a file nor a revision of this repository; name a branch, a tag or a commit such "
                                        + "as HEAD~1 (in a shallow clone, fetch it first), or a file made by ./fleet preview STACK --json"));
        return new Revision(project, commit, prefix);
    }

    /** Whether its program is the one of the working tree, so that only stacks may differ. */
    public boolean hasTheSameProgram() {
        return git().ask(with("diff", "--quiet", commit, "--")).isPresent()
                && git().ask(with("ls-files", "--others", "--exclude-standard", "--"))
                        .filter(String::isEmpty)
                        .isPresent();
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
