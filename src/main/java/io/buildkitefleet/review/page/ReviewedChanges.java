package io.buildkitefleet.review.page;

import io.buildkitefleet.diff.PlanDiff;
import io.buildkitefleet.diff.PropertyChange;
import io.buildkitefleet.diff.ResourceChange;
import io.buildkitefleet.diff.ResourceChange.Operation;
import io.buildkitefleet.page.Block;
import io.buildkitefleet.page.Line;
import io.buildkitefleet.report.text.DiffText;
import io.buildkitefleet.resources.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The resources that change: one by one what is replaced or deleted, by type what is updated or created. */
final class ReviewedChanges {
    private static final Set<Operation> ONE_BY_ONE = Set.of(Operation.DELETE, Operation.REPLACE, Operation.MAY_REPLACE);

    /** A longer value is cut: the whole one is in the plan. */
    private static final int LONGEST_VALUE = 100;

    private final PlanDiff diff;

    ReviewedChanges(PlanDiff diff) {
        this.diff = diff;
    }

    /** What everybody sees. */
    List<Block> shown() {
        var blocks = new ArrayList<Block>();
        var dangers = diff.dangers().stream()
                .map(change -> List.of(
                        Line.ofCode(change.name()),
                        Line.of("").strong(DiffText.verb(change.operation())),
                        Line.of(change.danger()),
                        type(change)))
                .toList();
        if (!dangers.isEmpty()) {
            blocks.add(Block.Table.of(
                    "State at risk: what is protected, or cannot be had back",
                    List.of("Resource", "What happens", "What that means", "Type"),
                    dangers));
        }
        var others = diff.changes().stream()
                .filter(change -> ONE_BY_ONE.contains(change.operation()) && !change.isDangerous())
                .map(change -> List.of(
                        Line.ofCode(change.name()),
                        Line.of(DiffText.verb(change.operation())),
                        reasons(change),
                        type(change)))
                .toList();
        if (!others.isEmpty()) {
            blocks.add(Block.Table.of(
                    "Replaced or deleted, without loss",
                    List.of("Resource", "What happens", "Because of", "Type"),
                    others));
        }
        if (!byType().isEmpty()) {
            blocks.add(Block.Table.of(
                    "Updated and created", List.of("Type", "What happens", "#Number", "Resources"), byType()));
        }
        return blocks;
    }

    /** As Pulumi's YAML takes it, without the file that declares it: {@code gcp:container:NodePool}. */
    private static Line type(ResourceChange change) {
        var parts = change.type().split(":");
        return Line.ofCode(
                parts.length == 3 && !parts[0].equals("kubernetes")
                        ? parts[0] + ":" + parts[1].replaceFirst("/.*", "") + ":" + parts[2]
                        : change.type());
    }

    /** What forces the replacement, or may. */
    private static Line reasons(ResourceChange change) {
        return Line.someOf(change.properties().stream()
                .filter(property -> property.effect() != Effect.UPDATE)
                .map(PropertyChange::path)
                .toList());
    }

    private List<List<Line>> byType() {
        return diff.changes().stream()
                .filter(change -> !ONE_BY_ONE.contains(change.operation()))
                .collect(Collectors.groupingBy(
                        change -> List.of(change.operation(), change.type()), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(alike -> List.of(
                        type(alike.get(0)),
                        Line.of(DiffText.verb(alike.get(0).operation())),
                        Line.of(String.valueOf(alike.size())),
                        Line.someOf(alike.stream().map(ResourceChange::name).toList())))
                .toList();
    }

    /** Every resource, with what changes in it. */
    List<Block> folded() {
        var changed = diff.changes().stream()
                .filter(change -> !change.properties().isEmpty())
                .toList();
        var whole = diff.changes().stream()
                .filter(change -> change.properties().isEmpty())
                .toList();
        var blocks = new ArrayList<Block>();
        if (!changed.isEmpty()) {
            blocks.add(details("Properties that change", changed));
        }
        if (!whole.isEmpty()) {
            blocks.add(details("Created and deleted", whole));
        }
        return blocks;
    }

    private static Block details(String summary, List<ResourceChange> changes) {
        return new Block.Details(
                summary + " (" + changes.size() + ")",
                List.of(new Block.Items(
                        changes.stream().map(ReviewedChanges::item).toList())));
    }

    private static Block.Item item(ResourceChange change) {
        var line = Line.of(DiffText.verb(change.operation()) + " ")
                .code(change.name())
                .text(" ")
                .code(change.type());
        return new Block.Item(
                change.formerName().isEmpty() ? line : line.text(", was ").code(change.formerName()),
                change.properties().stream().map(ReviewedChanges::line).toList());
    }

    private static Line line(PropertyChange whole) {
        var property = whole.shortened(LONGEST_VALUE);
        var path = Line.ofCode(property.path()).text(": ");
        var values = property.before().isEmpty()
                ? path.text("now ").code(property.after())
                : property.after().isEmpty()
                        ? path.text("was ").code(property.before())
                        : path.code(property.before()).text(" → ").code(property.after());
        return switch (property.effect()) {
            case UPDATE -> values;
            case MAY_REPLACE -> values.text(" ").strong("may replace");
            case REPLACE -> values.text(" ").strong("forces replacement");
        };
    }
}
