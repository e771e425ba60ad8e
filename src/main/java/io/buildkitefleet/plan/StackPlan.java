package io.buildkitefleet.plan;

import io.buildkitefleet.config.Waiver;
import io.buildkitefleet.cost.Estimator;
import io.buildkitefleet.cost.MonthSums;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.pulumi.Aliases;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Urn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a stack is to be: from a preview that was just made, or from a {@linkplain PlanFile file}.
 *
 * @param resources what there is of the stack once the plan has run, in its order; what it only reads is somebody
 *     else's, and left out; secrets are masked
 * @param aliases other URNs by which a resource may be known, by its URN
 * @param added URNs of those that Pulumi is still to make, or makes anew
 * @param fleet what the fleet means by it; nothing where neither the plan says it nor a stack's file
 * @param isPulumis whether it is Pulumi's own, which does not say of every value what it follows from
 * @param cost of a month, unless the plan is Pulumi's own
 * @param waivers of the stack's configuration; none in a plan of Pulumi's own
 * @param origin what is known of who made it
 */
public record StackPlan(
        String stack,
        List<Registration> resources,
        Map<String, List<String>> aliases,
        Set<String> added,
        Optional<FleetSummary> fleet,
        boolean isPulumis,
        Optional<MonthSums> cost,
        List<Waiver> waivers,
        Origin origin) {
    public StackPlan {
        resources = List.copyOf(resources);
        aliases = Map.copyOf(aliases);
        added = Set.copyOf(added);
        waivers = List.copyOf(waivers);
    }

    /**
     * Refuses the plan of another stack, or of one of this name in another project.
     *
     * @param name how a person knows the plan, for messages
     * @throws ProjectException if it is one
     */
    public void requireStack(String name, String wanted, String project) {
        if (!stack.equals(wanted)) {
            throw new ProjectException(name + ": is a plan of stack " + stack + ", not of " + wanted);
        }
        var owner = Urn.owner(resources.get(0).urn());
        var own = wanted + " of " + project;
        if (!owner.equals(own)) {
            throw new ProjectException(name + ": is a plan of stack " + owner + ", not of " + own);
        }
    }

    /** The same plan as it is, of which nobody asks whether the program makes it: it is what there was. */
    public StackPlan believed() {
        return with(fleet, new Origin.Program());
    }

    private StackPlan with(Optional<FleetSummary> otherFleet, Origin otherOrigin) {
        return new StackPlan(stack, resources, aliases, added, otherFleet, isPulumis, cost, waivers, otherOrigin);
    }

    /**
     * The same plan, beside what the program makes of its stack now, of which it has the fleet.
     *
     * @param name how a person knows the plan, for messages
     * @param file how a person knows the stack's file
     * @param made of the same stack
     * @throws ProjectException if the plan says something else of the fleet, with each place where it does
     */
    public StackPlan comparedWith(String name, String file, StackPlan made) {
        var differences = fleet.map(said -> FleetDifferences.between(said, made.fleet.orElseThrow(), file))
                .orElse(List.of());
        if (!differences.isEmpty()) {
            throw new ProjectException(name + ": says something else of the fleet than " + file + " does, so it is no"
                    + " plan of it as it is now\n  " + String.join("\n  ", differences)
                    + "\nMake it anew with: ./fleet preview " + stack + " --json");
        }
        return with(made.fleet, new Origin.Compared(made, file));
    }

    public static StackPlan of(StackPreview preview) {
        var fleet = preview.fleet();
        return new StackPlan(
                fleet.config().stack(),
                PlanJson.stated(preview.plan()).stream()
                        .filter(resource -> resource.readId().isEmpty())
                        .toList(),
                Aliases.of(preview.plan()),
                Set.of(),
                Optional.of(FleetSummary.of(preview)),
                false,
                Optional.of(new Estimator(PriceList.latest()).sums(fleet)),
                fleet.config().waivers(),
                new Origin.Program());
    }
}
