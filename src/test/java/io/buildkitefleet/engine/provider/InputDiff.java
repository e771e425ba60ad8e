package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.buildkitefleet.testing.ProviderFields;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.PropertyDiff;
import pulumirpc.Provider.PropertyDiff.Kind;

/** What changes between two sets of inputs, and which changes need a new resource. */
final class InputDiff {
    private final String type;
    private final Set<String> switches;
    private final Map<String, Kind> changes = new TreeMap<>();

    private InputDiff(String type, Set<String> switches) {
        this.type = type;
        this.switches = switches;
    }

    /** @param switches what the provider was told to change in place, for example {@code enableSecretMutable} */
    static InputDiff of(String type, Set<String> switches, Struct olds, Struct news) {
        var diff = new InputDiff(type, switches);
        diff.objects(Values.plain(olds), Values.plain(news), "");
        return diff;
    }

    boolean isReplacement() {
        return changes.values().stream().anyMatch(InputDiff::isReplacement);
    }

    DiffResponse response(boolean deleteBeforeReplace) {
        var response = DiffResponse.newBuilder()
                .setChanges(changes.isEmpty() ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
                .setDeleteBeforeReplace(deleteBeforeReplace)
                .setHasDetailedDiff(true);
        var changed = new TreeSet<String>();
        var replaced = new TreeSet<String>();
        changes.forEach((path, kind) -> {
            response.putDetailedDiff(
                    path,
                    PropertyDiff.newBuilder().setKind(kind).setInputDiff(true).build());
            var property = path.split("[.\\[]", 2)[0];
            changed.add(property);
            if (isReplacement(kind)) {
                replaced.add(property);
            }
        });
        return response.addAllDiffs(changed).addAllReplaces(replaced).build();
    }

    private void objects(Struct olds, Struct news, String path) {
        var names = new TreeSet<>(olds.getFieldsMap().keySet());
        names.addAll(news.getFieldsMap().keySet());
        for (var name : names) {
            values(
                    olds.getFieldsOrDefault(name, Value.getDefaultInstance()),
                    news.getFieldsOrDefault(name, Value.getDefaultInstance()),
                    path.isEmpty() ? name : path + step(name));
        }
    }

    /** As Pulumi writes a path: names with marks of their own are quoted. */
    private static String step(String name) {
        return name.matches("[\\w$-]+") ? "." + name : "[\"" + name.replace("\"", "\\\"") + "\"]";
    }

    private void values(Value old, Value now, String path) {
        if (old.hasStructValue() && now.hasStructValue()) {
            objects(old.getStructValue(), now.getStructValue(), path);
        } else if (old.hasListValue() && now.hasListValue()) {
            lists(old, now, path);
        } else if (Values.isNull(old) && !Values.isNull(now)) {
            add(path, now, Kind.ADD, Kind.ADD_REPLACE);
        } else if (!Values.isNull(old) && Values.isNull(now)) {
            add(path, old, Kind.DELETE, Kind.DELETE_REPLACE);
        } else if (!old.equals(now)) {
            add(path, now, Kind.UPDATE, Kind.UPDATE_REPLACE);
        }
    }

    private void lists(Value old, Value now, String path) {
        var olds = old.getListValue();
        var news = now.getListValue();
        for (int i = 0; i < Math.max(olds.getValuesCount(), news.getValuesCount()); i++) {
            values(
                    i < olds.getValuesCount() ? olds.getValues(i) : Value.getDefaultInstance(),
                    i < news.getValuesCount() ? news.getValues(i) : Value.getDefaultInstance(),
                    path + "[" + i + "]");
        }
    }

    private void add(String path, Value value, Kind kind, Kind replacement) {
        var replaces = type.startsWith("kubernetes:")
                ? KubernetesFields.replaces(type, path, switches)
                : ProviderFields.replaces(type, path, value);
        changes.put(path, replaces ? replacement : kind);
    }

    private static boolean isReplacement(Kind kind) {
        return switch (kind) {
            case ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE -> true;
            default -> false;
        };
    }
}
