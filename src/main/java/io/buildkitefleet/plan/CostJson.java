package io.buildkitefleet.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.cost.Estimate;
import io.buildkitefleet.cost.Month;
import io.buildkitefleet.cost.MonthSums;
import io.buildkitefleet.cost.QueueCost;
import io.buildkitefleet.cost.Scenario;
import io.buildkitefleet.pulumi.ProjectException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The cost of a stack as its plan carries it, so that a later plan can be compared with it: numbers in USD. */
public final class CostJson {
    /** The key under which a plan has it. */
    static final String KEY = "cost";

    private CostJson() {}

    /** What it was made of, the sums, and each queue's share. */
    public static JsonObject of(Estimate estimate) {
        var json = new JsonObject();
        json.addProperty("currency", "USD");
        json.addProperty("hours", Estimate.HOURS);
        json.addProperty("priceDate", estimate.priceDate());
        json.addProperty("region", estimate.region());
        json.addProperty("lowerBound", estimate.isLowerBound());
        json.add("sums", byScenario(estimate.months(), month -> new JsonPrimitive(month.sum())));
        var queues = new JsonArray();
        estimate.queues().forEach(queue -> queues.add(queue(queue)));
        json.add("queues", queues);
        return json;
    }

    /** A value of each month under the name of its scenario. */
    public static JsonObject byScenario(List<Month> months, Function<Month, JsonElement> value) {
        var json = new JsonObject();
        months.forEach(month -> json.add(name(month.scenario()), value.apply(month)));
        return json;
    }

    private static JsonObject queue(QueueCost queue) {
        var json = new JsonObject();
        json.addProperty("queue", queue.queue());
        json.addProperty("pool", queue.pool());
        json.addProperty("nodes", queue.nodes());
        json.addProperty("ofNodes", queue.ofNodes());
        json.addProperty("lowerBound", queue.isLowerBound());
        for (var scenario : Scenario.values()) {
            json.addProperty(name(scenario), queue.amounts().get(scenario));
        }
        return json;
    }

    /**
     * What a plan says of its cost; nothing if it was not made here.
     *
     * @param name how a person knows the plan, for messages
     */
    static Optional<MonthSums> read(String name, JsonObject plan) {
        if (!plan.has(KEY)) {
            return Optional.empty();
        }
        if (plan.get(KEY) instanceof JsonObject cost
                && cost.get("priceDate") instanceof JsonPrimitive priceDate
                && cost.get("region") instanceof JsonPrimitive region
                && cost.get("lowerBound") instanceof JsonPrimitive lowerBound
                && cost.get("sums") instanceof JsonObject sums
                && List.of(Scenario.values()).stream()
                        .allMatch(scenario -> JsonValues.isNumber(sums.get(name(scenario))))) {
            return Optional.of(new MonthSums(
                    priceDate.getAsString(),
                    region.getAsString(),
                    lowerBound.getAsBoolean(),
                    sums.get(name(Scenario.MIN)).getAsBigDecimal(),
                    sums.get(name(Scenario.LOAD)).getAsBigDecimal(),
                    sums.get(name(Scenario.MAX)).getAsBigDecimal()));
        }
        throw new ProjectException(
                name + ": its \"" + KEY + "\" can't be read: it has priceDate, region, lowerBound, and "
                        + "as sums the numbers min, load and max");
    }

    private static String name(Scenario scenario) {
        return scenario.name().toLowerCase(Locale.ROOT);
    }
}
