package io.buildkitefleet.engine.provider;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Property values as they travel between the engine and a provider. */
public final class Values {
    public static final Value UNKNOWN = of(PropertyValues.UNKNOWN);

    private static final String SIGNATURE = "4dabf18193072939515e22adb298388d";
    private static final String SECRET = "1b47061264138c4ac30d75fd1eb44270";
    private static final String ASSET = "c44067f5952c0a294b673a41bacd8c17";
    private static final String ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";

    private static final Gson GSON = new Gson();

    private Values() {}

    public static Value of(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    public static Value of(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    public static Value of(boolean truth) {
        return Value.newBuilder().setBoolValue(truth).build();
    }

    public static Value of(Struct object) {
        return Value.newBuilder().setStructValue(object).build();
    }

    public static Value of(Map<String, Value> object) {
        return of(Struct.newBuilder().putAllFields(object).build());
    }

    public static Value of(List<Value> items) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder().addAllValues(items))
                .build();
    }

    /** A value as a YAML reader gives it: maps, lists and scalars. */
    public static Value ofPlain(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            var object = Struct.newBuilder();
            map.forEach((name, value) -> object.putFields((String) name, ofPlain(value)));
            return of(object.build());
        }
        if (plain instanceof List<?> list) {
            return of(list.stream().map(Values::ofPlain).toList());
        }
        if (plain instanceof Boolean truth) {
            return of(truth);
        }
        if (plain instanceof Number number) {
            return of(number.doubleValue());
        }
        return plain == null ? Value.getDefaultInstance() : of((String) plain);
    }

    /** A value as Gson reads it. */
    public static Value ofJson(JsonElement json) {
        return ofPlain(GSON.fromJson(json, Object.class));
    }

    /** The opposite of {@link #ofPlain}; what is null is left out. */
    public static Object toPlain(Value value) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE -> {
                var object = new TreeMap<String, Object>();
                value.getStructValue().getFieldsMap().forEach((name, inside) -> {
                    if (!isNull(inside)) {
                        object.put(name, toPlain(inside));
                    }
                });
                yield object;
            }
            case LIST_VALUE ->
                value.getListValue().getValuesList().stream()
                        .map(Values::toPlain)
                        .toList();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            default -> value.getStringValue();
        };
    }

    static Value secret(Value value) {
        return of(Map.of(SIGNATURE, of(SECRET), "value", value));
    }

    static boolean isSecret(Value value) {
        return signature(value).equals(SECRET);
    }

    static boolean isAsset(Value value) {
        return signature(value).equals(ASSET) || signature(value).equals(ARCHIVE);
    }

    public static boolean isUnknown(Value value) {
        return value.getStringValue().equals(PropertyValues.UNKNOWN);
    }

    public static boolean isNull(Value value) {
        return !value.hasStringValue()
                && !value.hasNumberValue()
                && !value.hasBoolValue()
                && !value.hasListValue()
                && !value.hasStructValue();
    }

    /** Whether it is what Terraform's providers take for nothing at all: null, false, 0, an empty text or list. */
    public static boolean isZero(Value value) {
        return isNull(value)
                || value.hasBoolValue() && !value.getBoolValue()
                || value.hasNumberValue() && value.getNumberValue() == 0
                || value.hasStringValue() && value.getStringValue().isEmpty()
                || value.hasListValue() && value.getListValue().getValuesCount() == 0;
    }

    /** The field of an object; null for what has none. */
    public static Value field(Value object, String name) {
        return object.getStructValue().getFieldsOrDefault(name, Value.getDefaultInstance());
    }

    /** The object with a field of this value. */
    public static Value with(Value object, String name, Value value) {
        return of(object.getStructValue().toBuilder().putFields(name, value).build());
    }

    /** The same value without any mark of a secret, however deep. */
    public static Value plain(Value value) {
        if (isSecret(value)) {
            return plain(value.getStructValue().getFieldsOrThrow("value"));
        }
        if (value.hasStructValue()) {
            return of(plain(value.getStructValue()));
        }
        if (value.hasListValue()) {
            var list = value.getListValue().toBuilder().clearValues();
            value.getListValue().getValuesList().forEach(item -> list.addValues(plain(item)));
            return Value.newBuilder().setListValue(list).build();
        }
        return value;
    }

    /** The same object without any mark of a secret and without nulls at its top. */
    public static Struct plain(Struct object) {
        return Struct.newBuilder()
                .putAllFields(object.getFieldsMap().entrySet().stream()
                        .filter(entry -> !isNull(entry.getValue()))
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> plain(entry.getValue()))))
                .build();
    }

    /** The known text at a path of names in an object without secrets. */
    public static Optional<String> text(Struct object, String... path) {
        var value = of(object);
        for (var name : path) {
            value = field(value, name);
        }
        return value.hasStringValue() && !isUnknown(value) ? Optional.of(value.getStringValue()) : Optional.empty();
    }

    /** The object with another one put in the place of its field of this name; a secret stays one. */
    static Struct withNested(Struct object, String name, Map<String, Value> added) {
        var before = object.getFieldsOrDefault(name, Value.getDefaultInstance());
        var inside = isSecret(before) ? before.getStructValue().getFieldsOrThrow("value") : before;
        var after = of(inside.getStructValue().toBuilder().putAllFields(added).build());
        return object.toBuilder()
                .putFields(name, isSecret(before) ? secret(after) : after)
                .build();
    }

    private static String signature(Value value) {
        return value.getStructValue()
                .getFieldsOrDefault(SIGNATURE, Value.getDefaultInstance())
                .getStringValue();
    }
}
