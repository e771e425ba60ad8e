package io.buildkitefleet.engine.provider;

import com.google.protobuf.Value;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.PropertyDiff;
import pulumirpc.Provider.PropertyDiff.Kind;

/** What changes of a resource, by its path, and which changes need a new one. */
public final class PropertyChanges {
    private final BiPredicate<String, Value> replaces;
    private final Map<String, Kind> kinds = new TreeMap<>();

    /** @param replaces whether a new resource is needed if this value comes, goes or changes at this path */
    public PropertyChanges(BiPredicate<String, Value> replaces) {
        this.replaces = replaces;
    }

    public void added(String path, Value value) {
        kinds.put(path, replaces.test(path, value) ? Kind.ADD_REPLACE : Kind.ADD);
    }

    public void removed(String path, Value value) {
        kinds.put(path, replaces.test(path, value) ? Kind.DELETE_REPLACE : Kind.DELETE);
    }

    public void updated(String path, Value value) {
        kinds.put(path, replaces.test(path, value) ? Kind.UPDATE_REPLACE : Kind.UPDATE);
    }

    /** The changes by their paths. */
    public Map<String, Kind> kinds() {
        return Map.copyOf(kinds);
    }

    boolean isReplacement() {
        return kinds.values().stream().anyMatch(PropertyChanges::isReplacement);
    }

    /** @param ofInputs whether inputs were compared; else they were compared with what is there */
    DiffResponse response(boolean ofInputs, boolean deleteBeforeReplace) {
        var response = DiffResponse.newBuilder()
                .setChanges(kinds.isEmpty() ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME)
                .setDeleteBeforeReplace(deleteBeforeReplace)
                .setHasDetailedDiff(true);
        var changed = new TreeSet<String>();
        var replaced = new TreeSet<String>();
        kinds.forEach((path, kind) -> {
            response.putDetailedDiff(
                    path,
                    PropertyDiff.newBuilder()
                            .setKind(kind)
                            .setInputDiff(ofInputs)
                            .build());
            var property = path.split("[.\\[]", 2)[0];
            changed.add(property);
            if (isReplacement(kind)) {
                replaced.add(property);
            }
        });
        return response.addAllDiffs(changed).addAllReplaces(replaced).build();
    }

    private static boolean isReplacement(Kind kind) {
        return switch (kind) {
            case ADD_REPLACE, DELETE_REPLACE, UPDATE_REPLACE -> true;
            default -> false;
        };
    }
}
