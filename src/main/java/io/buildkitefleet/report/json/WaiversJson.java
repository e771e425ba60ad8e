package io.buildkitefleet.report.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.config.Waiver;
import io.buildkitefleet.pulumi.ProjectException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** The waivers of a stack, as its plan carries them. */
public final class WaiversJson {
    static final String KEY = "waivers";

    private WaiversJson() {}

    static JsonArray of(List<Waiver> waivers) {
        var array = new JsonArray();
        for (var waiver : waivers) {
            var json = new JsonObject();
            json.addProperty("rule", waiver.rule());
            waiver.resource().ifPresent(resource -> json.addProperty("resource", resource));
            json.addProperty("reason", waiver.reason());
            json.addProperty("until", waiver.until().toString());
            array.add(json);
        }
        return array;
    }

    /**
     * What a plan says of its waivers; none if it was not made here.
     *
     * @throws ProjectException if it says it in a way that cannot be read
     */
    public static List<Waiver> in(JsonObject plan) {
        return plan.get(KEY) instanceof JsonArray array
                ? array.asList().stream().map(WaiversJson::waiver).toList()
                : List.of();
    }

    private static Waiver waiver(JsonElement json) {
        if (json instanceof JsonObject waiver
                && waiver.get("rule") instanceof JsonPrimitive rule
                && waiver.get("reason") instanceof JsonPrimitive reason
                && waiver.get("until") instanceof JsonPrimitive until) {
            try {
                return new Waiver(
                        rule.getAsString(),
                        Optional.ofNullable(waiver.get("resource")).map(JsonElement::getAsString),
                        reason.getAsString(),
                        LocalDate.parse(until.getAsString()));
            } catch (DateTimeParseException notADay) {
                throw new ProjectException("the plan's \"" + KEY + "\" has an until that is no day", notADay);
            }
        }
        throw new ProjectException("the plan's \"" + KEY + "\" can't be read: each has a rule, a reason and until");
    }
}
