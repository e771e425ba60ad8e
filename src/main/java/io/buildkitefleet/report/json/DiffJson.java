package io.buildkitefleet.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.cost.MonthSums;
import io.buildkitefleet.diff.PlanDiff;
import io.buildkitefleet.diff.PropertyChange;
import io.buildkitefleet.diff.QueueChange;
import io.buildkitefleet.diff.ResourceChange;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** What changes, as JSON. */
public final class DiffJson {
    private DiffJson() {}

    /** {@code changes}, {@code queues} and {@code cost}; constants are written in lower case with hyphens. */
    public static JsonObject of(PlanDiff diff) {
        var json = new JsonObject();
        json.addProperty("stack", diff.stack());
        json.addProperty("base", diff.base());
        json.addProperty("newStack", diff.isNewStack());
        diff.formerStack().ifPresent(former -> json.addProperty("formerStack", former));
        json.add("changes", array(diff.changes(), DiffJson::change));
        json.add("queues", array(diff.queues(), DiffJson::queue));
        var cost = new JsonObject();
        cost.add("before", sums(diff.cost().before()));
        cost.add("after", sums(diff.cost().after()));
        json.add("cost", cost);
        return json;
    }

    private static JsonObject change(ResourceChange change) {
        var json = new JsonObject();
        json.addProperty("operation", word(change.operation()));
        json.addProperty("urn", change.urn());
        json.addProperty("type", change.type());
        json.addProperty("name", change.name());
        json.addProperty("formerName", change.formerName());
        json.addProperty("danger", change.danger());
        json.add("properties", array(change.properties(), DiffJson::property));
        return json;
    }

    private static JsonObject property(PropertyChange property) {
        var json = new JsonObject();
        json.addProperty("path", property.path());
        json.addProperty("before", property.before());
        json.addProperty("after", property.after());
        json.addProperty("effect", word(property.effect()));
        return json;
    }

    private static JsonObject queue(QueueChange queue) {
        var json = new JsonObject();
        json.addProperty("queue", queue.queue());
        json.addProperty("kind", word(queue.kind()));
        json.add("fields", array(queue.fields(), field -> {
            var value = new JsonObject();
            value.addProperty("name", field.name());
            value.addProperty("before", field.before());
            value.addProperty("after", field.after());
            return value;
        }));
        return json;
    }

    static JsonElement sums(Optional<MonthSums> sums) {
        if (sums.isEmpty()) {
            return JsonNull.INSTANCE;
        }
        var json = new JsonObject();
        json.addProperty("priceDate", sums.get().priceDate());
        json.addProperty("region", sums.get().region());
        json.addProperty("lowerBound", sums.get().isLowerBound());
        json.addProperty("min", sums.get().min());
        json.addProperty("load", sums.get().load());
        json.addProperty("max", sums.get().max());
        return json;
    }

    static <T> JsonArray array(Collection<T> values, Function<T, JsonObject> toJson) {
        var array = new JsonArray();
        values.forEach(value -> array.add(toJson.apply(value)));
        return array;
    }

    private static String word(Enum<?> constant) {
        return Spelling.of(constant);
    }
}
