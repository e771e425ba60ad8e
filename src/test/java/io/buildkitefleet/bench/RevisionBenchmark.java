package io.buildkitefleet.bench;

import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.revision.Revision;
import io.buildkitefleet.revision.Worktree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What people run most, beside the same of another revision: the first line of each table is the revision's. */
final class RevisionBenchmark {
    private final Path project;
    private final String revision;
    private final int rounds;

    /** @param revision a branch, a tag or a commit */
    RevisionBenchmark(Path project, String revision, int rounds) {
        this.project = project.toAbsolutePath().normalize();
        this.revision = revision;
        this.rounds = rounds;
    }

    /**
     * Prints the medians.
     *
     * @throws IOException if a command fails
     */
    void run(PrintWriter out) throws IOException {
        try (var before = Worktree.of(Revision.of(Project.read(project), revision));
                var large = new LargeStack(project, OfflineBenchmark.QUEUES)) {
            compare(out, before, "preview dev", List.of("preview", "dev"));
            compare(
                    out,
                    before,
                    "preview of " + OfflineBenchmark.QUEUES + " queues",
                    List.of("-C", large.directory().toString(), "preview", LargeStack.NAME));
            // The first run, which is not counted, keeps the plan of the base.
            compare(out, before, "review prod", List.of("review", "prod", "--base", "HEAD~1"));
        }
    }

    private void compare(PrintWriter out, Worktree before, String name, List<String> arguments) throws IOException {
        new Comparison(rounds)
                .with(name + " at " + revision, command(before.project(), arguments))
                .with(name, command(project, arguments))
                .run(out);
    }

    private static List<String> command(Path of, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(of.resolve("fleet").toString());
        command.addAll(arguments);
        return command;
    }
}
