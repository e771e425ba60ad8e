package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.pulumi.asset.Archive;
import com.pulumi.asset.AssetOrArchive;
import com.pulumi.core.Either;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares inputs with the arguments that the SDK declares: unknown names, missing ones and wrong types are found. */
final class InputCheck {
    private static final Map<Class<?>, String> SCALARS = Map.of(
            String.class, "a string",
            Boolean.class, "true or false",
            Integer.class, "a whole number",
            Double.class, "a number");

    private final List<Failure> failures = new ArrayList<>();

    /**
     * What is wrong.
     *
     * @param path where, for example {@code nodeConfig.taints[0].key}
     */
    record Failure(String path, String reason) {}

    private InputCheck() {}

    static List<Failure> of(SdkType type, Struct inputs) {
        var check = new InputCheck();
        check.object(type.inputs(), Values.plain(inputs), "");
        return List.copyOf(check.failures);
    }

    private void object(Map<String, SdkType.Input> declared, Struct object, String path) {
        new TreeMap<>(object.getFieldsMap()).forEach((name, value) -> {
            var place = path.isEmpty() ? name : path + "." + name;
            if (declared.containsKey(name)) {
                value(declared.get(name).type(), value, place);
            } else {
                fail(place, "there is no such property");
            }
        });
        declared.forEach((name, input) -> {
            if (input.required() && Values.isNull(object.getFieldsOrDefault(name, Value.getDefaultInstance()))) {
                fail(path.isEmpty() ? name : path + "." + name, "is required");
            }
        });
    }

    private void value(Type type, Value value, String path) {
        if (Values.isUnknown(value) || Values.isNull(value)) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            generic(generic, value, path);
        } else if (type instanceof Class<?> simple) {
            simple(simple, value, path);
        }
    }

    private void generic(ParameterizedType type, Value value, String path) {
        var arguments = type.getActualTypeArguments();
        if (type.getRawType() == Either.class) {
            either(arguments, value, path);
        } else if (type.getRawType() == List.class) {
            if (expect(value.hasListValue(), "a list", value, path)) {
                var items = value.getListValue().getValuesList();
                for (int i = 0; i < items.size(); i++) {
                    value(arguments[0], items.get(i), path + "[" + i + "]");
                }
            }
        } else if (expect(value.hasStructValue(), "a map", value, path)) {
            value.getStructValue().getFieldsMap().forEach((name, item) -> value(arguments[1], item, path + "." + name));
        }
    }

    /** With neither type right, what is said is what the second one misses. */
    private void either(Type[] types, Value value, String path) {
        var first = new InputCheck();
        first.value(types[0], value, path);
        if (!first.failures.isEmpty()) {
            value(types[1], value, path);
        }
    }

    private void simple(Class<?> type, Value value, String path) {
        if (SCALARS.containsKey(type)) {
            expect(isScalar(type, value), SCALARS.get(type), value, path);
        } else if (type == AssetOrArchive.class || type == Archive.class) {
            expect(Values.isAsset(value), "an asset", value, path);
        } else if (!type.isEnum() && !SdkType.inputsOf(type).isEmpty()) {
            if (expect(value.hasStructValue(), "an object", value, path)) {
                object(SdkType.inputsOf(type), value.getStructValue(), path);
            }
        }
    }

    private static boolean isScalar(Class<?> type, Value value) {
        if (type == String.class) {
            return value.hasStringValue();
        }
        if (type == Boolean.class) {
            return value.hasBoolValue();
        }
        return value.hasNumberValue() && (type == Double.class || value.getNumberValue() % 1 == 0);
    }

    private boolean expect(boolean right, String wanted, Value value, String path) {
        if (!right) {
            fail(path, "must be " + wanted + ", got " + describe(value));
        }
        return right;
    }

    private static String describe(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> "a string";
            case NUMBER_VALUE -> "a number";
            case BOOL_VALUE -> "a boolean";
            case LIST_VALUE -> "a list";
            default -> "an object";
        };
    }

    private void fail(String path, String reason) {
        failures.add(new Failure(path, reason));
    }
}
