package io.buildkitefleet.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.config.Waiver;
import io.buildkitefleet.pulumi.ProjectException;
import java.util.List;
import java.util.Optional;

/** The waivers of a stack, as its plan carries them. */
final class WaiversJson {
    static final String KEY = "waivers";

    private static final String WHY = "whyNoEnd";

    private WaiversJson() {}

    static JsonArray of(List<Waiver> waivers) {
        var array = new JsonArray();
        for (var waiver : waivers) {
            var json = new JsonObject();
            json.addProperty("rule", waiver.rule());
            waiver.resource().ifPresent(resource -> json.addProperty("resource", resource));
            json.addProperty("reason", waiver.reason());
            json.addProperty("until", waiver.end().toString());
            waiver.whyNoEnd().ifPresent(why -> json.addProperty(WHY, why));
            array.add(json);
        }
        return array;
    }

    /**
     * What a plan says of its waivers; none if it was not made here.
     *
     * @param name how a person knows the plan, for messages
     */
    static List<Waiver> read(String name, JsonObject plan) {
        if (!plan.has(KEY)) {
            return List.of();
        }
        if (plan.get(KEY) instanceof JsonArray array) {
            return array.asList().stream().map(json -> waiver(name, json)).toList();
        }
        throw unreadable(name);
    }

    private static Waiver waiver(String name, JsonElement json) {
        if (json instanceof JsonObject waiver
                && waiver.get("rule") instanceof JsonPrimitive rule
                && waiver.get("reason") instanceof JsonPrimitive reason
                && waiver.get("until") instanceof JsonPrimitive until) {
            return new Waiver(
                    rule.getAsString(),
                    Optional.ofNullable(waiver.get("resource")).map(JsonElement::getAsString),
                    reason.getAsString(),
                    end(until.getAsString(), waiver).orElseThrow(() -> unreadable(name)));
        }
        throw unreadable(name);
    }

    private static Optional<Waiver.End> end(String until, JsonObject waiver) {
        if (until.equals(Waiver.NEVER)) {
            return Optional.ofNullable(waiver.get(WHY))
                    .filter(JsonElement::isJsonPrimitive)
                    .map(why -> new Waiver.Never(why.getAsString()));
        }
        return Waiver.End.of(until);
    }

    private static ProjectException unreadable(String name) {
        return new ProjectException(name + ": its \"" + KEY + "\" can't be read: it is a list, and each has a rule, a "
                + "reason, and as until a day such as 2027-01-31, or never with whyNoEnd");
    }
}
