package io.buildkitefleet.review.page;

import io.buildkitefleet.page.Block;
import io.buildkitefleet.page.Line;
import io.buildkitefleet.page.Page;
import io.buildkitefleet.review.Review;
import io.buildkitefleet.review.StackReview;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A review as a page: what it comes to first, then stack by stack what a person has to look at, and the rest folded.
 */
public final class ReviewPage {
    private static final String CAVEAT =
            "Compared are plans. What is in the cloud was not asked, and whether a secret's value has changed is not known.";

    private ReviewPage() {}

    public static Page of(Review review) {
        var verdicts = review.stacks().stream().map(ReviewVerdict::of).toList();
        return new Page(
                Line.of("Fleet review against ").code(review.base()),
                List.of(Block.Items.of(verdicts)),
                whole(review),
                Stream.concat(
                                review.stacks().stream().map(ReviewPage::stack).flatMap(List::stream),
                                Stream.of(new Block.Paragraph(Line.of(CAVEAT))))
                        .toList());
    }

    private static Line whole(Review review) {
        var stacks = review.stacks().stream().map(StackReview::stack).toList();
        return Line.of("Shortened, to fit into a comment. All of it: ")
                .code("./fleet review " + String.join(" ", stacks) + " --base " + review.base() + " --html FILE")
                .text(".");
    }

    private static List<Block> stack(StackReview review) {
        var heading = new Block.Heading(Line.ofCode(review.stack()));
        if (review instanceof StackReview.NotCompared wrong) {
            return List.of(heading, Block.Preformatted.of(wrong.problem()));
        }
        var compared = (StackReview.Compared) review;
        var blocks = new ArrayList<Block>();
        if (hasMore(compared)) {
            blocks.add(heading);
            compared(blocks, compared);
        }
        return blocks;
    }

    /** A stack in which nothing changes and no finding is open has been told in its verdict. */
    private static boolean hasMore(StackReview.Compared compared) {
        return !compared.changesNothing() || !compared.findings().remaining().isEmpty();
    }

    private static void compared(List<Block> blocks, StackReview.Compared compared) {
        var changes = new ReviewedChanges(compared.diff());
        var findings = new ReviewedFindings(compared.findings());
        blocks.addAll(changes.shown());
        if (!compared.diff().isEmpty()) {
            blocks.addAll(ReviewedQueues.of(compared.diff()));
            blocks.addAll(ReviewedCost.of(compared.diff()));
        }
        blocks.addAll(findings.shown());
        blocks.addAll(changes.folded());
        blocks.addAll(findings.folded());
    }
}
