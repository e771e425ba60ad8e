package io.buildkitefleet.cli;

import io.buildkitefleet.output.AtomicFile;
import io.buildkitefleet.page.Html;
import io.buildkitefleet.page.Markdown;
import io.buildkitefleet.page.Page;
import io.buildkitefleet.review.Review;
import io.buildkitefleet.review.StackReview;
import io.buildkitefleet.review.StackReviewer;
import io.buildkitefleet.review.page.ReviewPage;
import io.buildkitefleet.rules.rule.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What a pull request is told. */
@Command(
        name = "review",
        description = {
            "Write one comment on what a change does to stacks: resources, queues, cost, findings.",
            "Needs no account, no secret and no Pulumi. Exit code 1 if a stack can't be previewed, or with --fail-on."
        })
final class ReviewCommand implements Callable<Integer> {
    /**
     * GitHub takes 65,536 characters (https://github.com/orgs/community/discussions/27190), Buildkite 1 MiB
     * (https://buildkite.com/docs/agent/v3/cli-annotate); what posts the comment may add a few lines.
     */
    private static final int BYTES = 60_000;

    private final Clock clock;

    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "STACK",
            description = "The environments that one comment tells of: dev for Pulumi.dev.yaml.")
    private List<String> stacks;

    @Mixin
    private ConfigFile configFile;

    @Option(
            names = "--base",
            paramLabel = "REF",
            required = true,
            description = {
                "A git revision such as origin/main, or for one",
                "stack a plan: a file of ./fleet preview --json,",
                "or of pulumi preview --json --show-sames."
            })
    private String base;

    @Option(names = "--markdown", description = "Write Markdown of at most 60 KB. The default, without --html.")
    private boolean markdown;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the Markdown there instead of to stdout.")
    private Path out;

    @Option(names = "--html", paramLabel = "FILE", description = "Write all of it as a page that needs no other file.")
    private Path html;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Fail if a finding is new and as bad as this: high, medium or low.")
    private Severity failOn;

    private ReviewCommand(Clock clock) {
        this.clock = clock;
    }

    /** @param clock says whether a waiver still runs */
    static CommandLine of(Clock clock) {
        return new CommandLine(new ReviewCommand(clock)).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException {
        if (configFile.isGiven() && stacks.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--config-file is for one stack, got " + String.join(", ", stacks));
        }
        var review = review();
        write(ReviewPage.of(review));
        review.stacks().stream()
                .filter(StackReview.NotCompared.class::isInstance)
                .map(StackReview.NotCompared.class::cast)
                .forEach(wrong -> spec.commandLine().getErr().println(wrong.problem()));
        return review.isComplete() && (failOn == null || !review.addsAnyAt(failOn)) ? 0 : 1;
    }

    private Review review() throws IOException {
        var previews = fleetCommand.previews(configFile);
        var reviewer = new StackReviewer(previews, base, FleetCommand.today(clock));
        var names = new LinkedHashSet<String>();
        stacks.forEach(stack -> names.add(previews.project().stackName(stack)));
        var reviews = new ArrayList<StackReview>();
        for (var stack : names) {
            reviews.add(fleetCommand
                    .progress()
                    .during("reviewing " + stack + " against " + base, () -> reviewer.review(stack)));
        }
        return new Review(base, reviews);
    }

    private void write(Page page) {
        if (html != null) {
            AtomicFile.write("--html", html, file -> file.write(Html.of(page)));
        }
        if (out != null) {
            AtomicFile.write("--out", out, file -> file.write(Markdown.of(page, BYTES)));
        } else if (markdown || html == null) {
            spec.commandLine().getOut().print(Markdown.of(page, BYTES));
            spec.commandLine().getOut().flush();
        }
    }
}
