package io.buildkitefleet.revision;

import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

/**
 * The commit at which what is checked out has left the branch that changes are merged into. It asks git alone, and
 * builds nothing: what a stack was there is read by the program that runs here.
 *
 * @param branch that branch, as git takes it
 * @param commit the full id of the commit
 */
public record BranchPoint(Project project, String branch, String commit) {
    /** Where that branch is, the surest first. */
    private static final List<String> BRANCHES = List.of(
            "refs/remotes/origin/HEAD",
            "refs/remotes/origin/main",
            "refs/remotes/origin/master",
            "refs/heads/main",
            "refs/heads/master");

    private static final Pattern PLACE_OF_REFS = Pattern.compile("^refs/(?:remotes|heads)/");

    /** What a stack's configuration can stand in. */
    private static final Pattern CONFIGURATION = Pattern.compile("(?!src/).*\\.ya?ml");

    /** Enough of a commit's id for a person, and for git. */
    private static final int SHORT_ID = 12;

    /** The one of a project; none outside of git, without such a branch, or where the histories do not meet. */
    public static Optional<BranchPoint> of(Project project) {
        try {
            var git = new Git(project.directory());
            return branch(git).flatMap(ref -> git.ask("merge-base", "HEAD", ref)
                    .map(commit ->
                            new BranchPoint(project, PLACE_OF_REFS.matcher(ref).replaceFirst(""), commit)));
        } catch (ProjectException noGit) {
            return Optional.empty();
        }
    }

    /** By its own name, where the server's HEAD stands for it. */
    private static Optional<String> branch(Git git) {
        var arguments = new ArrayList<>(List.of("for-each-ref", "--format=%(refname) %(symref)"));
        arguments.addAll(BRANCHES);
        var names = new HashMap<String, String>();
        git.ask(arguments.toArray(String[]::new)).orElse("").lines().forEach(line -> {
            var words = line.strip().split(" ");
            names.put(words[0], words[words.length - 1]);
        });
        return BRANCHES.stream().filter(names::containsKey).findFirst().map(names::get);
    }

    /** The commit, as a person writes it. */
    public String shortCommit() {
        return commit.substring(0, Math.min(SHORT_ID, commit.length()));
    }

    /** Whether the program was the one that runs here. */
    public boolean hasTheSameProgram() {
        return Revision.isTheProgramOf(git(), commit);
    }

    /** Whether there was no file of a stack there. */
    public boolean lacks(Stack stack) {
        return files(List.of(name(stack.file()))).isEmpty();
    }

    /** Whether a stack's file, one that it takes from, or the project's own was another there. */
    public boolean differs(Stack stack) {
        var names = new TreeSet<String>();
        names.add("Pulumi.yaml");
        names.add(name(stack.file()));
        stack.bases().under(stack.file()).forEach(file -> names.add(name(file)));
        var arguments = new ArrayList<>(List.of("diff", "--name-only", commit, "--"));
        arguments.addAll(names);
        return git().ask(arguments.toArray(String[]::new))
                .filter(changed -> !changed.isEmpty())
                .isPresent();
    }

    /**
     * What the program that runs here makes of what a stack was there.
     *
     * @return none if there was no such stack
     * @throws ProjectException if git does not hand it out, or the program refuses it
     * @throws io.buildkitefleet.config.read.ConfigException if its configuration is wrong for that program
     */
    public Optional<StackPlan> plan(Previews previews, Stack stack) throws IOException {
        var directory = Files.createTempDirectory("fleet-since");
        try {
            var there = directory.resolve("project");
            unpack(directory.resolve("files.zip"), Files.createDirectory(there));
            if (!Files.isRegularFile(there.resolve("Pulumi.yaml"))) {
                return Optional.empty();
            }
            var before = Project.read(there);
            return before.stackNames().contains(stack.name())
                    ? Optional.of(StackPlan.of(new Previews(before, previews.engine()).of(stack.name())))
                    : Optional.empty();
        } finally {
            Worktree.delete(directory);
        }
    }

    private void unpack(Path archive, Path directory) throws IOException {
        var arguments = new ArrayList<>(List.of("archive", "--format=zip", "--output=" + archive, commit, "--"));
        arguments.addAll(files(List.of(".")));
        if (git().ask(arguments.toArray(String[]::new)).isEmpty()) {
            throw new ProjectException("git does not hand out the files of " + shortCommit());
        }
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var file = directory.resolve(entry.getName()).normalize();
                if (!entry.isDirectory() && file.startsWith(directory)) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }

    /** Files of configuration that are there, by their paths from the project. */
    private List<String> files(List<String> below) {
        var arguments = new ArrayList<>(List.of("ls-tree", "-r", "-z", "--name-only", commit, "--"));
        arguments.addAll(below);
        return Pattern.compile("\0")
                .splitAsStream(git().ask(arguments.toArray(String[]::new)).orElse(""))
                .filter(CONFIGURATION.asMatchPredicate())
                .toList();
    }

    private String name(Path file) {
        return project.directory().relativize(file.toAbsolutePath().normalize()).toString();
    }

    private Git git() {
        return new Git(project.directory());
    }
}
