package io.buildkitefleet.report.text;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Plan;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** A plan for a person: the tree of what would be made, and what it means for each queue. */
public final class PlanText {
    private final Plan plan;
    private final Fleet fleet;
    private final Ansi ansi;
    private final boolean hasTree;

    private PlanText(StackPreview preview, Ansi ansi, boolean hasTree) {
        this.plan = preview.plan();
        this.fleet = preview.fleet();
        this.ansi = ansi;
        this.hasTree = hasTree;
    }

    /**
     * All of it.
     *
     * @param ansi whether to colour
     */
    public static PlanText of(StackPreview preview, Ansi ansi) {
        return new PlanText(preview, ansi, true);
    }

    /** The same with only the number of resources in place of their tree. */
    public static PlanText summary(StackPreview preview, Ansi ansi) {
        return new PlanText(preview, ansi, false);
    }

    @Override
    public String toString() {
        var tree = new PlanTree(plan, ansi);
        return (hasTree ? tree.toString() : tree.heading()) + "\n" + new QueueTable(fleet, ansi) + new CostLine(fleet)
                + "\n" + footnotes();
    }

    private String footnotes() {
        var text = new StringBuilder();
        // The program is not told how its values are written, so what is wrong with that is known here alone.
        Stream.concat(plan.warnings().stream(), fleet.warnings().stream().map(Problem::line))
                .distinct()
                .forEach(warning -> text.append(ansi.string("@|yellow warning:|@ "))
                        .append(warning)
                        .append('\n'));
        if (fleet.config().safeBuilds().repositories().isEmpty()
                && !fleet.trustedQueues().isEmpty()) {
            text.append(
                    "Without repositories, every build on a trusted queue has to be started or approved by a person; "
                            + "name those whose pushes run by themselves: ./fleet explain repositories\n");
        }
        for (var key : plan.placeholders()) {
            text.append("Before pulumi up: pulumi config set --secret " + key + " "
                    + plan.stack().selection() + unlessElsewhere() + "\n");
        }
        return text.append("Offline preview: everything counts as new, nothing was made, no account was asked.\n")
                .toString();
    }

    private String unlessElsewhere() {
        var environments = plan.stack().environments();
        return environments.isEmpty() ? "" : ", unless environment: " + environments + " has it";
    }
}
