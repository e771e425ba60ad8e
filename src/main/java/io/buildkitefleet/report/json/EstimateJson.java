package io.buildkitefleet.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.cost.Alternative;
import io.buildkitefleet.cost.Estimate;
import io.buildkitefleet.cost.Line;
import io.buildkitefleet.cost.Month;
import io.buildkitefleet.cost.NotPriced;
import io.buildkitefleet.cost.PoolCost;
import io.buildkitefleet.plan.CostJson;
import java.util.Collection;
import java.util.function.Function;

/** An estimate as JSON: amounts are numbers in USD. */
public final class EstimateJson {
    private EstimateJson() {}

    /** The whole estimate. */
    public static JsonObject of(Estimate estimate) {
        var json = CostJson.of(estimate);
        json.add("months", CostJson.byScenario(estimate.months(), EstimateJson::lines));
        json.add("pools", array(estimate.pools(), EstimateJson::pool));
        json.add("alternatives", array(estimate.alternatives(), EstimateJson::alternative));
        json.add("notPriced", array(estimate.notPriced(), EstimateJson::notPriced));
        var notes = new JsonArray();
        estimate.notes().forEach(notes::add);
        json.add("notes", notes);
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
        json.addProperty("lowerBound", pool.isLowerBound());
        json.add("sums", CostJson.byScenario(pool.months(), month -> new JsonPrimitive(month.sum())));
        json.add("onDemand", CostJson.byScenario(pool.onDemand(), month -> new JsonPrimitive(month.sum())));
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
}
