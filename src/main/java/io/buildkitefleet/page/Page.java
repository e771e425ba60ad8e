package io.buildkitefleet.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A page.
 *
 * @param lead what matters most, never cut
 * @param ifCut what stands after the lead where something had to be left out
 */
public record Page(Line title, List<Block> lead, Line ifCut, List<Block> body) {
    public Page {
        lead = List.copyOf(lead);
        body = List.copyOf(body);
    }

    /**
     * A shorter page.
     *
     * @param shown most items of a list or table that everybody sees
     * @param folded most items of one that is folded
     */
    Page cut(int shown, int folded) {
        var longer = new ArrayList<>(lead);
        longer.add(new Block.Paragraph(ifCut));
        return new Page(
                title,
                longer,
                ifCut,
                body.stream()
                        .map(block -> block.cut(block instanceof Block.Details ? folded : shown))
                        .toList());
    }

    int length() {
        return body.stream().mapToInt(Block::length).max().orElse(0);
    }
}
