package io.buildkitefleet.revision;

import io.buildkitefleet.pulumi.IoErrorText;
import io.buildkitefleet.pulumi.ProjectException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A revision, checked out for as long as this is open. It goes also when the JVM is told to end, and git forgets one
 * that was killed with it.
 */
public final class Worktree implements AutoCloseable {
    /** A build without a local repository downloads all libraries first. */
    private static final int PATIENCE_MINUTES = 15;

    private static final int LINES_OF_A_FAILURE = 12;

    /** What a program ends with that SIGINT, as of Ctrl-C, or SIGTERM has ended. */
    private static final Set<Integer> STOPPED = Set.of(130, 143);

    private final Revision revision;
    private final Path root;
    private final Thread atExit = new Thread(this::remove);

    private Worktree(Revision revision, Path root) {
        this.revision = revision;
        this.root = root;
    }

    /** @throws ProjectException if it can't be checked out */
    public static Worktree of(Revision revision) {
        try {
            var worktree = new Worktree(
                    revision, Files.createTempDirectory("fleet-base").resolve("tree"));
            Runtime.getRuntime().addShutdownHook(worktree.atExit);
            if (worktree.git("worktree", "add", "--quiet", "--detach", worktree.root.toString(), revision.commit())) {
                return worktree;
            }
            worktree.close();
        } catch (IOException reason) {
            throw new ProjectException(
                    "no directory can be made for the base (" + IoErrorText.of(reason) + ")", reason);
        }
        throw new ProjectException(
                "git cannot check out " + revision.commit() + "; try: git worktree add DIR " + revision.commit());
    }

    /** Where the project is in it. */
    public Path project() {
        return root.resolve(revision.prefix());
    }

    /**
     * What the revision's own launcher, which builds it, says of a stack.
     *
     * @return the plan as JSON
     * @throws ProjectException if the build or the preview fails there
     */
    public String plan(String stack) {
        var launcher = project().resolve("fleet");
        if (!Files.isExecutable(launcher)) {
            throw new ProjectException(
                    "the base " + revision.commit() + " has no ./fleet; make its plan elsewhere and name the file");
        }
        try {
            var output = root.resolveSibling("plan.json");
            var log = root.resolveSibling("log");
            if (run(List.of(launcher.toString(), "preview", stack, "--json"), output, log)) {
                return Files.readString(output);
            }
            throw new ProjectException("the preview of the base " + revision.commit() + " fails:\n" + end(log));
        } catch (IOException reason) {
            throw new ProjectException(
                    "the base " + revision.commit() + " can't be previewed (" + IoErrorText.of(reason) + ")", reason);
        }
    }

    private boolean run(List<String> command, Path output, Path log) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(project().toFile())
                .redirectOutput(output.toFile())
                .redirectError(log.toFile());
        Git.forgetRepository(builder);
        var process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                return false;
            }
            if (STOPPED.contains(process.exitValue())) {
                throw new ProjectException("the preview of the base " + revision.commit() + " was stopped");
            }
            return process.exitValue() == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static String end(Path log) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(log, StandardCharsets.UTF_8));
        var from = Math.max(0, lines.size() - LINES_OF_A_FAILURE);
        return String.join("\n", lines.subList(from, lines.size()));
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // The hook runs already.
        }
    }

    private void remove() {
        git("worktree", "remove", "--force", root.toString());
        delete(root.getParent());
        git("worktree", "prune");
    }

    private boolean git(String... arguments) {
        return new Git(revision.project().directory()).ask(arguments).isPresent();
    }

    /** With all that is in it. */
    static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            // What can't be deleted stays in the directory for temporary files, where the system sweeps.
        }
    }
}
