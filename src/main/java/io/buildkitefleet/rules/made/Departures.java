package io.buildkitefleet.rules.made;

import io.buildkitefleet.plan.Origin;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.secrets.LiteralSecrets;
import io.buildkitefleet.text.Count;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a plan is something else than what the program makes: resources, with their inputs and options. */
final class Departures {
    /** Of one resource; more are told by their number. */
    private static final int TOLD = 5;

    private final StackPlan plan;
    private final StackPlan made;
    private final String stackFile;
    private final Map<String, Registration> madeByUrn = new LinkedHashMap<>();
    private final LaterValues later;
    private final LiteralSecrets secrets = new LiteralSecrets();

    Departures(StackPlan plan, Origin.Compared origin) {
        this.plan = plan;
        this.made = origin.made();
        this.stackFile = origin.stackFile();
        made.resources().forEach(resource -> madeByUrn.put(resource.urn(), resource));
        this.later = new LaterValues(madeByUrn, plan.resources());
    }

    /** One for each resource that differs, in the order of the plan; what it lacks comes last. */
    List<Flaw> flaws() {
        var flaws = new ArrayList<Flaw>();
        var planned = new HashSet<String>();
        for (var resource : plan.resources()) {
            planned.add(resource.urn());
            flaw(resource).ifPresent(text -> flaws.add(new Flaw(resource, text)));
        }
        madeByUrn.values().stream()
                .filter(resource -> !planned.contains(resource.urn()))
                .forEach(resource ->
                        flaws.add(new Flaw(resource, "is not in the plan, and the program makes it of " + stackFile)));
        return flaws;
    }

    private Optional<String> flaw(Registration resource) {
        var twin = madeByUrn.get(resource.urn());
        if (twin == null) {
            return Optional.of("is in the plan, and the program does not make it of " + stackFile);
        }
        var places =
                Stream.concat(options(resource, twin), inputs(resource, twin)).toList();
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of("is not what the program makes of " + stackFile + ": " + told(places));
    }

    private static String told(List<String> places) {
        var more = places.size() - TOLD;
        return places.stream().limit(TOLD).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + new Count(more, "other place") : "");
    }

    private Stream<String> options(Registration resource, Registration twin) {
        var planned = StatedOptions.of(plan, resource);
        var wanted = StatedOptions.of(made, twin);
        return planned.keySet().stream()
                .filter(option -> !plan.isPulumis() || !StatedOptions.OWN.contains(option))
                .filter(option -> !planned.get(option).equals(wanted.get(option)))
                .map(option -> new Departure(option, planned.get(option), wanted.get(option)).told());
    }

    private Stream<String> inputs(Registration resource, Registration twin) {
        var form = plan.isPulumis()
                ? new PulumisForm(twin, madeByUrn, later, plan.added().contains(resource.urn()))
                : InputForm.OWN;
        var departures = new InputComparison(form).of(resource.inputs(), twin.inputs());
        var hidden = !departures.isEmpty() && holdsSecret(resource, twin);
        return departures.stream().map(departure -> (hidden ? departure.hidden() : departure).told());
    }

    /** In clear or not: whoever put one into a plan in clear has the plan's file, and not yet this report. */
    private boolean holdsSecret(Registration resource, Registration twin) {
        return twin.inputs().asMap().values().stream().anyMatch(PropertyValues::isMask)
                || !secrets.in(resource.inputs()).isEmpty();
    }
}
