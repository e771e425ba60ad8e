package io.buildkitefleet.cli;

import io.buildkitefleet.config.ConfigException;
import io.buildkitefleet.diff.PlanDocument;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.preview.PlanJson;
import io.buildkitefleet.preview.PreviewException;
import io.buildkitefleet.preview.Project;
import io.buildkitefleet.report.StackDocument;
import io.buildkitefleet.report.StackPreview;
import io.buildkitefleet.revision.Revision;
import io.buildkitefleet.revision.Worktree;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The plan that a change is compared with. */
final class BasePlan {
    private final Project project;
    private final String stack;
    private final OfflineEngine engine;

    BasePlan(Project project, String stack, OfflineEngine engine) {
        this.project = project;
        this.stack = stack;
        this.engine = engine;
    }

    /**
     * Reads or makes it.
     *
     * @param base a file with a plan, or a git revision
     * @return none if the stack is not there at the revision
     * @throws PreviewException if the base is neither, or can't be previewed
     */
    Optional<PlanDocument> read(String base) throws IOException {
        var file = Path.of(base);
        if (Files.isRegularFile(file)) {
            return Optional.of(PlanDocument.parse("--base " + base, Files.readString(file)));
        }
        var revision = Revision.of(project, base);
        if (!revision.hasStack(stack)) {
            return Optional.empty();
        }
        var cached = revision.cachedPlan(stack);
        if (!Files.isRegularFile(cached)) {
            var text = preview(revision);
            Files.createDirectories(cached.getParent());
            PlanFile.write(cached, document -> document.write(text));
        }
        return Optional.of(PlanDocument.parse(cached.toString(), Files.readString(cached)));
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
            throw new PreviewException("the base " + revision.commit() + " is wrong: " + wrong.getMessage(), wrong);
        }
    }
}
