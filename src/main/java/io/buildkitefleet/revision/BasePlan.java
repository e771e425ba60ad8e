package io.buildkitefleet.revision;

import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.output.AtomicFile;
import io.buildkitefleet.plan.PlanFile;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The plan that a change is compared with: a file, or what a git revision makes. */
public final class BasePlan {
    /**
     * What there is at the base.
     *
     * @param plan none if the stack is not there
     * @param formerStack what it is there, as {@code dev of fleet}, if its file or the project only has another name:
     *     to Pulumi that is another stack
     */
    public record Found(Optional<StackPlan> plan, Optional<String> formerStack) {
        private static Found of(Optional<StackPlan> plan) {
            return new Found(plan, Optional.empty());
        }
    }

    private final String base;
    private final Previews previews;
    private final String stack;
    private final Optional<Revision> revision;

    /**
     * Finds it.
     *
     * @param base a file with a plan, or a git revision
     * @throws ProjectException if it is neither
     */
    public BasePlan(Previews previews, String stack, String base) {
        this.previews = previews;
        this.stack = stack;
        this.base = base;
        this.revision = Files.isRegularFile(Path.of(base))
                ? Optional.empty()
                : Optional.of(Revision.of(previews.project(), base));
    }

    /**
     * Reads or makes it.
     *
     * @throws ProjectException if the file is no plan, or the revision can't be previewed
     */
    public Found read() throws IOException {
        if (revision.isEmpty()) {
            return Found.of(Optional.of(ofThisStack(PlanFile.read(name(), Path.of(base)))));
        }
        var former = revision.get().formerStack(stack);
        return former.isPresent() ? new Found(Optional.empty(), former) : Found.of(planAt(revision.get()));
    }

    private Optional<StackPlan> planAt(Revision found) throws IOException {
        var kept = found.cachedPlan(stack);
        return Files.isRegularFile(kept) ? Optional.of(PlanFile.read(name(), kept)) : make(found, kept);
    }

    private StackPlan ofThisStack(StackPlan plan) {
        plan.requireStack(name(), stack, previews.project().name());
        return plan;
    }

    /** Made once: what a commit plans never changes. */
    private Optional<StackPlan> make(Revision found, Path kept) throws IOException {
        var text = preview(found);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var plan = PlanFile.parse(name(), text.get());
        Files.createDirectories(kept.getParent());
        AtomicFile.write("target", kept, file -> file.write(text.get()));
        return Optional.of(plan);
    }

    /** How a person knows it. */
    private String name() {
        return "--base " + base;
    }

    /**
     * With the base's own program, which need not be built again if it is the one that runs here. None if the base has
     * no such stack, for which it may have another directory.
     */
    private Optional<String> preview(Revision revision) throws IOException {
        try (var worktree = Worktree.of(revision)) {
            if (!Files.isRegularFile(worktree.project().resolve("Pulumi.yaml"))) {
                return Optional.empty();
            }
            var project = Project.read(worktree.project());
            if (!project.stackNames().contains(stack)) {
                return Optional.empty();
            }
            if (!revision.hasTheSameProgram()) {
                return Optional.of(worktree.plan(stack));
            }
            var text = new StringWriter();
            PlanFile.write(new Previews(project, previews.engine()).of(stack), text);
            return Optional.of(text.toString());
        } catch (ConfigException wrong) {
            throw new ProjectException("the base " + revision.commit() + " is wrong: " + wrong.getMessage(), wrong);
        }
    }
}
