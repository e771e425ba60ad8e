package io.buildkitefleet.report.text;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Plan;
import picocli.CommandLine.Help.Ansi;

/** A plan for a person: the tree of what would be made, and what it means for each queue. */
public final class PlanText {
    private final Plan plan;
    private final Fleet fleet;
    private final Ansi ansi;

    /** @param ansi whether to colour */
    public PlanText(StackPreview preview, Ansi ansi) {
        this.plan = preview.plan();
        this.fleet = preview.fleet();
        this.ansi = ansi;
    }

    @Override
    public String toString() {
        return new PlanTree(plan, ansi) + "\n" + new QueueTable(fleet, ansi) + "\n" + footnotes();
    }

    private String footnotes() {
        var text = new StringBuilder();
        plan.warnings().forEach(warning -> text.append(ansi.string("@|yellow warning:|@ "))
                .append(warning)
                .append('\n'));
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
