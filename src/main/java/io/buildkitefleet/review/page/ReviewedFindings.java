package io.buildkitefleet.review.page;

import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.page.Block;
import io.buildkitefleet.page.Line;
import io.buildkitefleet.review.FindingChanges;
import io.buildkitefleet.rules.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The findings that a change adds, waives, leaves and mends; one row for all that is said in the same words. */
final class ReviewedFindings {
    private final FindingChanges findings;

    ReviewedFindings(FindingChanges findings) {
        this.findings = findings;
    }

    /** What everybody sees. */
    List<Block> shown() {
        var blocks = new ArrayList<Block>();
        if (!findings.added().isEmpty()) {
            blocks.add(table("New findings", findings.added()));
        }
        if (!findings.newlyWaived().isEmpty()) {
            blocks.add(Block.Table.of(
                    "Newly waived",
                    List.of("Rule", "Severity", "Resources", "Until", "Reason"),
                    rows(
                            findings.newlyWaived(),
                            alike -> List.of(
                                    rule(alike), severity(alike), resources(alike), until(alike), reason(alike)))));
        }
        return blocks;
    }

    List<Block> folded() {
        var blocks = new ArrayList<Block>();
        if (!findings.remaining().isEmpty()) {
            blocks.add(fold("Findings that were there before", findings.remaining()));
        }
        if (!findings.mended().isEmpty()) {
            blocks.add(fold("Findings that are mended", findings.mended()));
        }
        return blocks;
    }

    private static Block fold(String title, List<Finding> findings) {
        return new Block.Details(title + " (" + findings.size() + ")", List.of(table(title, findings)));
    }

    private static Block table(String caption, List<Finding> findings) {
        return Block.Table.of(
                caption,
                List.of("Rule", "Severity", "Resources", "What is wrong", "What to do"),
                rows(
                        findings,
                        alike -> List.of(
                                rule(alike),
                                severity(alike),
                                resources(alike),
                                Line.ofCode(alike.get(0).detail()),
                                Line.of(alike.get(0).rule().mend()))));
    }

    private static List<List<Line>> rows(List<Finding> findings, Function<List<Finding>, List<Line>> row) {
        return findings.stream()
                .collect(Collectors.groupingBy(
                        finding -> List.of(
                                finding.rule().severity(), finding.rule().id(), finding.detail(), finding.waiver()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .stream()
                .sorted(Comparator.comparing(alike -> alike.get(0).rule().severity()))
                .map(row)
                .toList();
    }

    private static Line rule(List<Finding> alike) {
        return Line.ofCode(alike.get(0).rule().id());
    }

    private static Line severity(List<Finding> alike) {
        return Line.of(Spelling.of(alike.get(0).rule().severity()));
    }

    private static Line resources(List<Finding> alike) {
        return Line.someOf(alike.stream().map(Finding::resource).toList());
    }

    private static Line until(List<Finding> alike) {
        return Line.of(alike.get(0).waiver().orElseThrow().end().toString());
    }

    private static Line reason(List<Finding> alike) {
        return Line.ofCode(alike.get(0).waiver().orElseThrow().reason());
    }
}
