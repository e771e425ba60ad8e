package io.buildkitefleet.review;

import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.diff.PlanComparison;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.review.StackReview.Side;
import io.buildkitefleet.revision.BasePlan;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.rules.Waivers;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reviews a stack against a base: its plan, its cost, and what the rules say of it on one day. */
public final class StackReviewer {
    private final Previews previews;
    private final String base;
    private final LocalDate today;

    public StackReviewer(Previews previews, String base, LocalDate today) {
        this.previews = previews;
        this.base = base;
        this.today = today;
    }

    /**
     * What is wrong at the head or at the base is part of the review; both are previewed at the same time.
     *
     * @throws ProjectException if there is no such base
     */
    public StackReview review(String stack) throws IOException {
        var basePlan = new BasePlan(previews, stack, base);
        var preview = CompletableFuture.supplyAsync(() -> StackPlan.of(previews.of(stack)));
        BasePlan.Found before;
        try {
            before = basePlan.read();
        } catch (ProjectException wrong) {
            return problem(preview)
                    .map(problem -> new StackReview.NotCompared(stack, Side.HEAD, problem))
                    .orElseGet(() -> new StackReview.NotCompared(stack, Side.BASE, wrong.getMessage()));
        }
        var problem = problem(preview);
        return problem.isPresent()
                ? new StackReview.NotCompared(stack, Side.HEAD, problem.get())
                : compared(stack, before, preview.join());
    }

    private StackReview compared(String stack, BasePlan.Found before, StackPlan after) {
        try {
            var findings = RuleSet.assess(after, Waivers.of(problems(stack), after.waivers(), today), true);
            return before.plan()
                    .<StackReview>map(plan -> new StackReview.Compared(
                            PlanComparison.of(base, plan, after), FindingChanges.of(assess(plan), findings)))
                    .orElseGet(() -> new StackReview.Compared(
                            PlanComparison.ofNewStack(base, after, before.formerStack()),
                            FindingChanges.ofNewStack(findings)));
        } catch (ConfigException wrong) {
            return new StackReview.NotCompared(stack, Side.HEAD, wrong.getMessage());
        }
    }

    private Problems problems(String stack) {
        return Previews.problemsOf(previews.project().stack(stack));
    }

    /** By today's rules, with the waivers that it had. */
    private Assessment assess(StackPlan before) {
        return RuleSet.assess(before.believed(), Waivers.before(before.waivers(), today), true);
    }

    /** What is wrong at the head, if anything is. */
    private static Optional<String> problem(CompletableFuture<StackPlan> preview) {
        try {
            preview.join();
            return Optional.empty();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ConfigException || failed.getCause() instanceof ProjectException) {
                return Optional.of(failed.getCause().getMessage());
            }
            throw failed;
        }
    }
}
