package io.buildkitefleet.pulumi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Map;
import java.util.TreeMap;

/**
 * Property values in the form that Pulumi sends: plain JSON, in which secrets, assets and references are objects with a
 * signature, and an unknown value is a reserved string.
 *
 * @see <a href="https://github.com/pulumi/pulumi/blob/v3.182.0/sdk/go/common/resource/properties.go">properties.go</a>
 */
public final class PropertyValues {
    /** Stands for a value that is known only after the update. */
    public static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    public static final String SIGNATURE = "4dabf18193072939515e22adb298388d";
    public static final String ASSET = "c44067f5952c0a294b673a41bacd8c17";
    private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
    private static final String SECRET_VALUE = "value";
    private static final JsonPrimitive MASK = new JsonPrimitive("[secret]");

    private PropertyValues() {}

    public static boolean isUnknown(JsonElement value) {
        return value instanceof JsonPrimitive scalar
                && scalar.isString()
                && scalar.getAsString().equals(UNKNOWN);
    }

    public static boolean isSecret(JsonElement value) {
        return hasSignature(value, SECRET);
    }

    /** Whether it stands for a secret in Pulumi's own output. */
    public static boolean isMask(JsonElement value) {
        return value.equals(MASK);
    }

    /** The value inside the secret, or the value itself if it is none, or one that is encrypted. */
    public static JsonElement unwrapped(JsonElement value) {
        return isSecret(value) && value.getAsJsonObject().has(SECRET_VALUE)
                ? unwrapped(value.getAsJsonObject().get(SECRET_VALUE))
                : value;
    }

    /** A copy in which each secret, however deep, is what is inside it; nothing in it is null. */
    public static JsonElement revealed(JsonElement value) {
        var open = unwrapped(value);
        if (open instanceof JsonArray array) {
            var copy = new JsonArray(array.size());
            array.forEach(element -> copy.add(revealed(element)));
            return copy;
        }
        if (open instanceof JsonObject object) {
            var copy = new JsonObject();
            object.asMap().forEach((key, inner) -> {
                if (!inner.isJsonNull()) {
                    copy.add(key, revealed(inner));
                }
            });
            return copy;
        }
        return open;
    }

    /** A copy in which each secret, however deep, reads {@code [secret]}, as in Pulumi's own output. */
    public static JsonElement masked(JsonElement value) {
        if (isSecret(value)) {
            return MASK;
        }
        if (value instanceof JsonArray array) {
            var copy = new JsonArray(array.size());
            array.forEach(element -> copy.add(masked(element)));
            return copy;
        }
        if (value instanceof JsonObject object) {
            var copy = new JsonObject();
            object.entrySet().forEach(entry -> copy.add(entry.getKey(), masked(entry.getValue())));
            return copy;
        }
        return value;
    }

    public static boolean hasSignature(JsonElement value, String signature) {
        return value instanceof JsonObject object
                && object.get(SIGNATURE) instanceof JsonPrimitive found
                && found.getAsString().equals(signature);
    }

    /** With the keys in alphabetical order: the order in which they arrive says nothing. */
    public static JsonObject json(Struct struct) {
        var object = new JsonObject();
        new TreeMap<>(struct.getFieldsMap()).forEach((key, value) -> object.add(key, json(value)));
        return object;
    }

    private static JsonElement json(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> new JsonPrimitive(value.getStringValue());
            case BOOL_VALUE -> new JsonPrimitive(value.getBoolValue());
            case NUMBER_VALUE -> new JsonPrimitive(JsonNumbers.shortest(value.getNumberValue()));
            case STRUCT_VALUE -> json(value.getStructValue());
            case LIST_VALUE -> json(value.getListValue());
            case NULL_VALUE, KIND_NOT_SET -> JsonNull.INSTANCE;
        };
    }

    private static JsonArray json(ListValue list) {
        var array = new JsonArray(list.getValuesCount());
        list.getValuesList().forEach(value -> array.add(json(value)));
        return array;
    }

    public static boolean containsUnknown(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue().equals(UNKNOWN);
            case STRUCT_VALUE ->
                value.getStructValue().getFieldsMap().values().stream().anyMatch(PropertyValues::containsUnknown);
            case LIST_VALUE -> value.getListValue().getValuesList().stream().anyMatch(PropertyValues::containsUnknown);
            default -> false;
        };
    }

    public static Value secret(Value value) {
        if (signature(value).equals(SECRET)) {
            return value;
        }
        return object(Struct.newBuilder()
                .putAllFields(Map.of(SIGNATURE, string(SECRET), SECRET_VALUE, value))
                .build());
    }

    public static Value object(Struct struct) {
        return Value.newBuilder().setStructValue(struct).build();
    }

    public static Value string(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static String signature(Value value) {
        return value.getStructValue()
                .getFieldsOrDefault(SIGNATURE, Value.getDefaultInstance())
                .getStringValue();
    }
}
