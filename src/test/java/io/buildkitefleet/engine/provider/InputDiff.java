package io.buildkitefleet.engine.provider;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Set;
import java.util.TreeSet;

/** What changes between two sets of inputs of a Kubernetes object, and which changes need a new one. */
final class InputDiff {
    private final PropertyChanges changes;

    private InputDiff(String type, Set<String> switches) {
        this.changes = new PropertyChanges((path, value) -> KubernetesFields.replaces(type, path, switches));
    }

    /** @param switches what the provider was told to change in place, for example {@code enableSecretMutable} */
    static PropertyChanges of(String type, Set<String> switches, Struct olds, Struct news) {
        var diff = new InputDiff(type, switches);
        diff.objects(Values.plain(olds), Values.plain(news), "");
        return diff.changes;
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
            changes.added(path, now);
        } else if (!Values.isNull(old) && Values.isNull(now)) {
            changes.removed(path, old);
        } else if (!old.equals(now)) {
            changes.updated(path, now);
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
}
