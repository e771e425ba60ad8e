package io.buildkitefleet.cli;

import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.diff.PlanComparison;
import io.buildkitefleet.diff.PlanDocument;
import io.buildkitefleet.plan.SavedPlan;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.report.json.FleetJson;
import io.buildkitefleet.report.json.StackDocument;
import io.buildkitefleet.report.json.WaiversJson;
import io.buildkitefleet.review.FindingChanges;
import io.buildkitefleet.review.StackReview;
import io.buildkitefleet.review.StackReview.Side;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.rules.Waivers;
import io.buildkitefleet.rules.plan.PlannedStack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reviews a stack against a base: its plan, its cost, and what the rules say of it on one day. */
final class StackReviewer {
    private final Project project;
    private final OfflineEngine engine;
    private final String base;
    private final LocalDate today;

    StackReviewer(Project project, OfflineEngine engine, String base, LocalDate today) {
        this.project = project;
        this.engine = engine;
        this.base = base;
        this.today = today;
    }

    /**
     * What is wrong at the head or at the base is part of the review; both are previewed at the same time.
     *
     * @throws ProjectException if there is no such base
     */
    StackReview review(String stack) throws IOException {
        var basePlan = new BasePlan(project, stack, engine, base);
        var preview = CompletableFuture.supplyAsync(() -> StackPreview.of(project, stack, engine));
        Optional<Path> before;
        try {
            before = basePlan.file();
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

    private StackReview compared(String stack, Optional<Path> before, StackPreview preview) throws IOException {
        var after = new PlanDocument(StackDocument.of(preview));
        var config = preview.fleet().config();
        try {
            var findings = RuleSet.assess(
                    stack,
                    PlannedStack.of(preview.plan().registrations(), preview.fleet()),
                    Waivers.of(stack, config.waivers(), today));
            if (before.isEmpty()) {
                return new StackReview.Compared(
                        PlanComparison.ofNewStack(stack, base, after), FindingChanges.ofNewStack(findings));
            }
            var saved = SavedPlan.read(before.get());
            return new StackReview.Compared(
                    PlanComparison.of(stack, base, new PlanDocument(saved.document()), after),
                    FindingChanges.of(assess(stack, saved), findings));
        } catch (ConfigException wrong) {
            return new StackReview.NotCompared(stack, Side.HEAD, wrong.getMessage());
        }
    }

    /** By today's rules, with the waivers that it had; those of rules that there are no more waive nothing. */
    private Assessment assess(String stack, SavedPlan saved) {
        var waivers = WaiversJson.in(saved.document()).stream()
                .filter(waiver ->
                        RuleSet.rules().stream().anyMatch(rule -> rule.id().equals(waiver.rule())))
                .toList();
        return RuleSet.assess(
                stack,
                PlannedStack.of(saved.resources(), FleetJson.summary(saved.document())),
                Waivers.of(stack, waivers, today));
    }

    /** What is wrong at the head, if anything is. */
    private static Optional<String> problem(CompletableFuture<StackPreview> preview) {
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
