package io.buildkitefleet.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.cost.Alternative;
import io.buildkitefleet.cost.Estimate;
import io.buildkitefleet.cost.Line;
import io.buildkitefleet.cost.Month;
import io.buildkitefleet.cost.NotPriced;
import io.buildkitefleet.cost.PoolCost;
import io.buildkitefleet.cost.QueueCost;
import io.buildkitefleet.cost.Scenario;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** An estimate as JSON: amounts are numbers in USD. */
public final class EstimateJson {
    private EstimateJson() {}

    /** The whole estimate. */
    public static JsonObject of(Estimate estimate) {
        var json = summary(estimate);
        json.add("months", byScenario(estimate.months(), EstimateJson::lines));
        json.add("pools", array(estimate.pools(), EstimateJson::pool));
        json.add("alternatives", array(estimate.alternatives(), EstimateJson::alternative));
        json.add("notPriced", array(estimate.notPriced(), EstimateJson::notPriced));
        var notes = new JsonArray();
        estimate.notes().forEach(notes::add);
        json.add("notes", notes);
        return json;
    }

    /** What a plan carries of it, so that a later plan can be compared with it. */
    public static JsonObject summary(Estimate estimate) {
        var json = new JsonObject();
        json.addProperty("currency", "USD");
        json.addProperty("hours", Estimate.HOURS);
        json.addProperty("priceDate", estimate.priceDate());
        json.addProperty("region", estimate.region());
        json.addProperty("lowerBound", estimate.isLowerBound());
        json.add("sums", byScenario(estimate.months(), month -> new JsonPrimitive(month.sum())));
        json.add("queues", array(estimate.queues(), EstimateJson::queue));
        return json;
    }

    private static JsonObject byScenario(List<Month> months, Function<Month, JsonElement> value) {
        var json = new JsonObject();
        months.forEach(month -> json.add(name(month.scenario()), value.apply(month)));
        return json;
    }

    private static JsonArray lines(Month month) {
        return array(month.lines(), EstimateJson::line);
    }

    private static JsonObject line(Line line) {
        var json = new JsonObject();
        json.addProperty("pool", line.pool());
        json.addProperty("what", line.what());
        json.addProperty("quantity", line.quantity());
        json.addProperty("unit", line.unit());
        json.addProperty("price", line.price().amount());
        json.addProperty("priceDate", line.price().date());
        json.addProperty("source", line.price().source());
        json.addProperty("amount", line.amount());
        return json;
    }

    private static JsonObject pool(PoolCost pool) {
        var json = new JsonObject();
        json.addProperty("pool", pool.pool());
        json.addProperty("machineType", pool.machineType());
        json.addProperty("capacity", pool.capacity());
        json.add("sums", byScenario(pool.months(), month -> new JsonPrimitive(month.sum())));
        json.add("onDemand", byScenario(pool.onDemand(), month -> new JsonPrimitive(month.sum())));
        return json;
    }

    private static JsonObject queue(QueueCost queue) {
        var json = new JsonObject();
        json.addProperty("queue", queue.queue());
        json.addProperty("pool", queue.pool());
        json.addProperty("nodes", queue.nodes());
        json.addProperty("ofNodes", queue.ofNodes());
        for (var scenario : Scenario.values()) {
            BigDecimal amount = queue.amounts().get(scenario);
            json.addProperty(name(scenario), amount);
        }
        return json;
    }

    private static JsonObject alternative(Alternative alternative) {
        var json = new JsonObject();
        json.addProperty("pool", alternative.pool());
        json.addProperty("machineType", alternative.machineType());
        json.addProperty("hour", alternative.hour().amount());
        json.addProperty("month", alternative.month());
        json.addProperty("saving", alternative.saving());
        json.addProperty("job", alternative.job());
        return json;
    }

    private static JsonObject notPriced(NotPriced thing) {
        var json = new JsonObject();
        json.addProperty("what", thing.what());
        json.addProperty("reason", thing.reason());
        json.addProperty("gap", thing.isGap());
        return json;
    }

    private static <T> JsonArray array(Collection<T> values, Function<T, JsonObject> toJson) {
        var array = new JsonArray();
        values.forEach(value -> array.add(toJson.apply(value)));
        return array;
    }

    private static String name(Scenario scenario) {
        return scenario.name().toLowerCase(Locale.ROOT);
    }
}
