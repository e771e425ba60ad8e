package io.buildkitefleet.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.buildkitefleet.cost.Estimator;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Aliases;
import io.buildkitefleet.pulumi.PlanJson;

/**
 * A preview as {@code ./fleet preview --json} writes it: the plan in Pulumi's shape, and under keys of our own the
 * fleet, its cost, its waivers, and the other names of resources, which Pulumi's shape lacks.
 */
public final class StackDocument {
    private StackDocument() {}

    public static JsonObject of(StackPreview preview) {
        var document = PlanJson.of(preview.plan());
        var aliases = new JsonObject();
        Aliases.of(preview.plan()).forEach((urn, urns) -> {
            var list = new JsonArray();
            urns.forEach(list::add);
            aliases.add(urn, list);
        });
        if (!aliases.isEmpty()) {
            document.add("aliases", aliases);
        }
        document.add("fleet", FleetJson.of(preview.fleet()));
        document.add(WaiversJson.KEY, WaiversJson.of(preview.fleet().config().waivers()));
        document.add("cost", EstimateJson.summary(new Estimator(PriceList.latest()).estimate(preview.fleet())));
        return document;
    }
}
