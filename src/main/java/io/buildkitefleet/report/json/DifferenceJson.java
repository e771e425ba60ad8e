package io.buildkitefleet.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.diff.PropertyChange;
import io.buildkitefleet.diff.QueueChange;
import io.buildkitefleet.diff.ResourceDifference;
import io.buildkitefleet.diff.StackDifference;

/** How two stacks differ, as JSON. */
public final class DifferenceJson {
    private DifferenceJson() {}

    /**
     * {@code resources}, {@code queues} and {@code cost}. What is the stack's stands under {@code stack}, what is the
     * other one's under {@code base}.
     */
    public static JsonObject of(StackDifference difference) {
        var json = new JsonObject();
        json.addProperty("stack", difference.stack());
        json.addProperty("base", difference.base());
        var names = new JsonObject();
        difference.names().pairs().forEach(names::addProperty);
        json.add("sameNames", names);
        json.add("resources", DiffJson.array(difference.resources(), DifferenceJson::resource));
        json.add("queues", DiffJson.array(difference.queues(), DifferenceJson::queue));
        var cost = new JsonObject();
        cost.add("base", DiffJson.sums(difference.cost().before()));
        cost.add("stack", DiffJson.sums(difference.cost().after()));
        json.add("cost", cost);
        return json;
    }

    private static JsonObject resource(ResourceDifference resource) {
        var json = new JsonObject();
        json.addProperty("kind", Spelling.of(resource.kind()));
        json.addProperty("type", resource.type());
        json.addProperty("name", resource.name());
        json.add("properties", DiffJson.array(resource.properties(), DifferenceJson::property));
        return json;
    }

    private static JsonObject property(PropertyChange property) {
        return sides("path", property.path(), property.before(), property.after());
    }

    private static JsonObject queue(QueueChange queue) {
        var json = new JsonObject();
        json.addProperty("queue", queue.queue());
        json.add("kind", new JsonPrimitive(Spelling.of(kind(queue))));
        var fields = new JsonArray();
        queue.fields().forEach(field -> fields.add(sides("name", field.name(), field.before(), field.after())));
        json.add("fields", fields);
        return json;
    }

    private static ResourceDifference.Kind kind(QueueChange queue) {
        return switch (queue.kind()) {
            case NEW -> ResourceDifference.Kind.ONLY_IN_STACK;
            case GONE -> ResourceDifference.Kind.ONLY_IN_BASE;
            case CHANGED -> ResourceDifference.Kind.DIFFERS;
        };
    }

    private static JsonObject sides(String key, String name, String base, String stack) {
        var json = new JsonObject();
        json.addProperty(key, name);
        json.addProperty("base", base);
        json.addProperty("stack", stack);
        return json;
    }
}
