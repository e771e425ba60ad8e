package io.buildkitefleet.pods;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * An object of Kubernetes as YAML: the same text in each run, and the same object by every version of YAML. What says
 * which object it is comes first, all else in alphabetical order.
 */
public final class KubernetesYaml {
    /** A text that no version takes for anything else; all others get quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");

    /** Texts of that form that some version takes for a flag, a number or nothing. */
    private static final Set<String> RESERVED =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan");

    private static final List<String> IDENTITY = List.of("apiVersion", "kind", "name", "metadata");

    private KubernetesYaml() {}

    public static String of(JsonObject object) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(2);
        options.setWidth(Integer.MAX_VALUE);
        options.setSplitLines(false);
        return new Yaml(new Quoting(options), options).dump(plain(object));
    }

    private static Object plain(JsonElement value) {
        if (value instanceof JsonObject object) {
            var map = new LinkedHashMap<String, Object>();
            IDENTITY.stream().filter(object::has).forEach(key -> map.put(key, plain(object.get(key))));
            new TreeMap<>(object.asMap()).forEach((key, inner) -> map.putIfAbsent(key, plain(inner)));
            return map;
        }
        if (value instanceof JsonArray array) {
            return StreamSupport.stream(array.spliterator(), false)
                    .map(KubernetesYaml::plain)
                    .toList();
        }
        if (value instanceof JsonPrimitive scalar && scalar.isBoolean()) {
            return scalar.getAsBoolean();
        }
        if (value instanceof JsonPrimitive scalar && scalar.isNumber()) {
            return number(scalar.getAsBigDecimal());
        }
        // The representer writes it: a list of this library may not hold null.
        return value instanceof JsonPrimitive scalar ? scalar.getAsString() : Absent.NULL;
    }

    private static Number number(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() <= 0 ? (Number) stripped.toBigInteger() : stripped;
    }

    private enum Absent {
        NULL
    }

    private static final class Quoting extends Representer {
        Quoting(DumperOptions options) {
            super(options);
            representers.put(String.class, value -> text((String) value));
            representers.put(Absent.class, value -> representScalar(Tag.NULL, "null"));
        }

        private Node text(String text) {
            return representScalar(Tag.STR, text, style(text));
        }

        private static DumperOptions.ScalarStyle style(String text) {
            if (text.contains("\n")) {
                return DumperOptions.ScalarStyle.LITERAL;
            }
            return PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT))
                    ? DumperOptions.ScalarStyle.PLAIN
                    : DumperOptions.ScalarStyle.DOUBLE_QUOTED;
        }
    }
}
