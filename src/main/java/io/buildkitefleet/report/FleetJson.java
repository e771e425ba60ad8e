package io.buildkitefleet.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.QueueSummary;

/** The resolved fleet as JSON: what {@code ./fleet preview --json} adds to Pulumi's own shape. */
public final class FleetJson {
    private FleetJson() {}

    /** {@code queues}, a summary of each, and {@code quotas}, by metric. */
    public static JsonObject of(Fleet fleet) {
        var gson = new Gson();
        var queues = new JsonArray();
        fleet.queues()
                .forEach(queue ->
                        queues.add(gson.toJsonTree(QueueSummary.of(queue).asMap())));
        var quotas = new JsonObject();
        fleet.quotas().forEach(quota -> quotas.addProperty(quota.metric(), quota.amount()));
        var json = new JsonObject();
        json.add("queues", queues);
        json.add("quotas", quotas);
        return json;
    }
}
