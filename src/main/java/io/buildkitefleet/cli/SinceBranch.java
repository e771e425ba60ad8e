package io.buildkitefleet.cli;

import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.diff.PlanComparison;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.report.text.DiffText;
import io.buildkitefleet.revision.BranchPoint;
import io.buildkitefleet.text.ShellWord;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * What a stack has become since its branch left the one that changes are merged into, in a line. Git is asked while the
 * preview runs, and only where the stack's files differ is the stack of before previewed as well, by the same program.
 */
final class SinceBranch {
    private final Previews previews;
    private final FutureTask<Optional<BranchPoint>> point;

    private SinceBranch(Previews previews, FutureTask<Optional<BranchPoint>> point) {
        this.previews = previews;
        this.point = point;
    }

    /** Begins to ask git. */
    static SinceBranch begin(Previews previews) {
        var question = new FutureTask<>(() -> BranchPoint.of(previews.project()));
        // Not in Java's shared pool, whose few threads the program needs.
        var thread = new Thread(question, "git");
        thread.setDaemon(true);
        thread.start();
        return new SinceBranch(previews, question);
    }

    /** The line, with its end; empty where there is nothing to compare with, and where nothing has changed. */
    String line(StackPreview now) throws IOException {
        try {
            var found = point.get();
            return found.isPresent() ? line(found.get(), now) : "";
        } catch (ExecutionException unanswered) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private String line(BranchPoint before, StackPreview now) throws IOException {
        var stack = now.plan().stack();
        var since = "Since " + before.branch() + " (" + before.shortCommit() + "): ";
        if (before.lacks(stack)) {
            return since + "the stack is new\n";
        }
        var hasTheSameProgram = before.hasTheSameProgram();
        if (!before.differs(stack)) {
            return hasTheSameProgram ? "" : since + "the program has changed; what that does: " + diff(before, now);
        }
        return since
                + changes(before, now)
                + (hasTheSameProgram ? "; each: " : ", and the program; each: ")
                + diff(before, now);
    }

    private String changes(BranchPoint before, StackPreview now) throws IOException {
        try {
            return before.plan(previews, now.plan().stack())
                    .map(plan -> DiffText.counts(PlanComparison.of(before.branch(), plan, StackPlan.of(now))))
                    .orElse("the stack is new");
        } catch (ConfigException | ProjectException refused) {
            return "its file has changed, and this program refuses what it was";
        }
    }

    private static String diff(BranchPoint before, StackPreview now) {
        return "./fleet diff " + new ShellWord(now.plan().stack().name()) + " --base " + before.shortCommit() + "\n";
    }
}
