package io.buildkitefleet.cli;

import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.diff.PlanDocument;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.pulumi.IoErrorText;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.report.json.StackDocument;
import io.buildkitefleet.revision.Revision;
import io.buildkitefleet.revision.Worktree;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The plan that a change is compared with: a file, or what a git revision makes. */
final class BasePlan {
    private final String base;
    private final Project project;
    private final String stack;
    private final OfflineEngine engine;
    private final Optional<Revision> revision;

    /**
     * Finds it.
     *
     * @param base a file with a plan, or a git revision
     * @throws ProjectException if it is neither
     */
    BasePlan(Project project, String stack, OfflineEngine engine, String base) {
        this.project = project;
        this.stack = stack;
        this.engine = engine;
        this.base = base;
        this.revision = Files.isRegularFile(Path.of(base)) ? Optional.empty() : Optional.of(Revision.of(project, base));
    }

    /**
     * Reads or makes it.
     *
     * @return none if the stack is not there at the revision
     * @throws ProjectException if the file is no plan, or the revision can't be previewed
     */
    Optional<PlanDocument> read() throws IOException {
        var file = file();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PlanDocument.parse(name(), Files.readString(file.get())));
        } catch (IOException reason) {
            throw new ProjectException(name() + ": can't be read (" + IoErrorText.of(reason) + ")", reason);
        }
    }

    /** How a person knows it. */
    private String name() {
        return "--base " + base;
    }

    /**
     * The file in which it is, which is made if need be.
     *
     * @return none if the stack is not there at the revision
     * @throws ProjectException if the revision can't be previewed
     */
    Optional<Path> file() throws IOException {
        if (revision.isEmpty()) {
            return Optional.of(Path.of(base));
        }
        if (!revision.get().hasStack(stack)) {
            return Optional.empty();
        }
        var cached = revision.get().cachedPlan(stack);
        if (!Files.isRegularFile(cached)) {
            var text = preview(revision.get());
            Files.createDirectories(cached.getParent());
            AtomicFile.write("target", cached, document -> document.write(text));
        }
        return Optional.of(cached);
    }

    /** With the base's own program, which need not be built again if it is the one that runs here. */
    private String preview(Revision revision) throws IOException {
        try (var worktree = Worktree.of(revision)) {
            if (!revision.hasTheSameProgram()) {
                return worktree.plan(stack);
            }
            var preview = StackPreview.of(Project.read(worktree.project()), stack, engine);
            var text = new StringWriter();
            PlanJson.write(StackDocument.of(preview), text);
            return text.toString();
        } catch (ConfigException wrong) {
            throw new ProjectException("the base " + revision.commit() + " is wrong: " + wrong.getMessage(), wrong);
        }
    }
}
