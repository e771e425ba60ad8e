package io.buildkitefleet.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.ProjectException;
import java.util.List;
import java.util.Optional;

/**
 * Whether a plan says all that there will be. {@code pulumi preview --json} leaves out what stays the same unless it is
 * given {@code --show-sames}, but always counts it; one that failed, or was interrupted, writes the steps that it got
 * to.
 *
 * @see <a href="https://github.com/pulumi/pulumi/blob/v3.182.0/pkg/backend/display/json.go">json.go</a>
 */
final class WholePlan {
    /** How to make one, for messages. */
    static final String REMEDY = "; make one with: ./fleet preview STACK --json, or pulumi preview --json --show-sames";

    /** Of these a whole plan has a step for each resource; a replacement is told in several, and not always in all. */
    private static final List<String> COUNTED = List.of("same", "create", "update", "import");

    private WholePlan() {}

    /**
     * Refuses a plan that leaves something out.
     *
     * @param name how a person knows it, for messages
     * @param document with {@code steps}, a list of objects
     * @throws ProjectException if it is not the whole plan
     */
    static void require(String name, JsonObject document) {
        var error = error(document);
        if (error.isPresent()) {
            throw new ProjectException(
                    name + ": is not a whole plan, because the preview failed: " + error.get() + REMEDY);
        }
        if (!(document.get("changeSummary") instanceof JsonObject summary)) {
            throw new ProjectException(
                    name + ": is not a whole plan, because the preview did not come to its end" + REMEDY);
        }
        var steps = document.getAsJsonArray("steps").asList();
        if (COUNTED.stream().allMatch(operation -> counted(operation, summary) == 0)
                && steps.stream().anyMatch(step -> COUNTED.stream().anyMatch(operation -> is(operation, step, "op")))) {
            throw new ProjectException(
                    name + ": is not a whole plan, because its changeSummary counts none of its steps" + REMEDY);
        }
        for (var operation : COUNTED) {
            var left = missing(operation, summary, steps);
            if (left > 0) {
                var what = operation.equals("same")
                        ? "what stays the same (" + resources(left) + ")"
                        : resources(left) + " to " + operation;
                throw new ProjectException(name + ": leaves out " + what + ", so it is not a whole plan" + REMEDY);
            }
        }
    }

    /** The first line of what went wrong, if something did. */
    private static Optional<String> error(JsonObject document) {
        return document.get("diagnostics") instanceof JsonArray diagnostics
                ? diagnostics.asList().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonElement::getAsJsonObject)
                        .filter(diagnostic -> is("error", diagnostic, "severity"))
                        .map(diagnostic -> diagnostic.get("message") instanceof JsonPrimitive message
                                ? message.getAsString().lines().findFirst().orElse("")
                                : "")
                        .findFirst()
                : Optional.empty();
    }

    /** How many steps of an operation are counted and not there. */
    private static long missing(String operation, JsonObject summary, List<JsonElement> steps) {
        return counted(operation, summary)
                - steps.stream().filter(step -> is(operation, step, "op")).count();
    }

    private static long counted(String operation, JsonObject summary) {
        return JsonValues.isNumber(summary.get(operation))
                ? summary.get(operation).getAsLong()
                : 0;
    }

    private static String resources(long count) {
        return count + (count == 1 ? " resource" : " resources");
    }

    private static boolean is(String value, JsonElement object, String key) {
        return object.getAsJsonObject().get(key) instanceof JsonPrimitive found
                && found.getAsString().equals(value);
    }
}
