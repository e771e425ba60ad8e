package io.buildkitefleet.engine.google;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.engine.provider.Values;
import io.buildkitefleet.resources.TerraformNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which names and values Google takes for a type of resource.
 *
 * @param rows one for each field that has a limit
 */
public record GoogleLimits(List<Limit> rows) {
    private static final String EACH = "*";

    /**
     * A limit.
     *
     * @param field its path, in which a star stands for each key of a map
     * @param form what a value has to be, as a regular expression
     * @param source what says so
     */
    record Limit(String field, String form, String source) {}

    public static GoogleLimits of(String token) {
        return GoogleTable.TABLE.limitsByToken().getOrDefault(token, new GoogleLimits(List.of()));
    }

    static GoogleLimits read(Map<String, Map<String, String>> rows) {
        return new GoogleLimits(rows.entrySet().stream()
                .map(row -> new Limit(
                        row.getKey(), row.getValue().get("form"), row.getValue().get("source")))
                .toList());
    }

    /** What is wrong, by the path of the value. */
    public Map<String, String> refusals(Struct inputs) {
        var refusals = new TreeMap<String, String>();
        values(Values.of(Values.plain(inputs)), "", refusals);
        return refusals;
    }

    private void values(Value value, String field, Map<String, String> refusals) {
        if (value.hasStructValue()) {
            var isMap = TerraformNames.hasOwnKeys(field.substring(field.lastIndexOf('.') + 1));
            value.getStructValue()
                    .getFieldsMap()
                    .forEach((name, inside) ->
                            values(inside, GoogleAnswers.below(field, isMap ? EACH : name), refusals));
        } else if (value.hasListValue()) {
            value.getListValue().getValuesList().forEach(item -> values(item, field, refusals));
        } else if (value.hasStringValue() && !Values.isUnknown(value)) {
            text(value.getStringValue(), field, refusals);
        }
    }

    private void text(String text, String field, Map<String, String> refusals) {
        rows.stream()
                .filter(limit -> limit.field().equals(field) && !text.matches(limit.form()))
                .forEach(limit -> refusals.put(
                        field, "\"" + text + "\" is not of the form " + limit.form() + " (" + limit.source() + ")"));
    }
}
