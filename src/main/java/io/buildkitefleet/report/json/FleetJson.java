package io.buildkitefleet.report.json;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.FleetSummary;
import io.buildkitefleet.fleet.QueueSummary;
import io.buildkitefleet.fleet.Quota;
import io.buildkitefleet.pulumi.ProjectException;
import java.util.List;
import java.util.Optional;

/** The resolved fleet as JSON: what {@code ./fleet preview --json} adds to Pulumi's own shape. */
public final class FleetJson {
    /** The key under which a plan has it. */
    public static final String KEY = "fleet";

    private FleetJson() {}

    /**
     * What a plan says of its fleet; nothing if it was not made here.
     *
     * @throws ProjectException if it says it in a way that cannot be read
     */
    public static Optional<FleetSummary> summary(JsonObject plan) {
        if (!plan.has(KEY)) {
            return Optional.empty();
        }
        try {
            var json = plan.getAsJsonObject(KEY);
            var queues = List.of(new Gson().fromJson(json.get("queues"), QueueSummary[].class));
            var quotas = json.getAsJsonObject("quotas").entrySet().stream()
                    .map(quota -> new Quota(quota.getKey(), quota.getValue().getAsLong()))
                    .toList();
            if (queues.stream().anyMatch(queue -> queue.queue() == null || queue.trust() == null)) {
                throw new ProjectException("the plan's \"" + KEY + "\" has a queue without name or trust");
            }
            return Optional.of(new FleetSummary(queues, quotas));
        } catch (JsonParseException | ClassCastException | IllegalStateException | NullPointerException reason) {
            throw new ProjectException(
                    "the plan's \"" + KEY + "\" can't be read: it must have queues and quotas, as "
                            + "./fleet preview STACK --json writes them",
                    reason);
        }
    }

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
