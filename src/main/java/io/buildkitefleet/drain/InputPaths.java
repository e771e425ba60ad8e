package io.buildkitefleet.drain;

import java.util.Collection;
import java.util.List;

/** Paths of inputs, as Pulumi writes them: {@code nodeConfig.machineType}, {@code taints[0].key}. */
final class InputPaths {
    private InputPaths() {}

    /** Those that are neither one of some others nor below one, in order. */
    static List<String> outside(Collection<String> paths, Collection<String> others) {
        return paths.stream()
                .filter(path -> others.stream().noneMatch(other -> isAtOrBelow(path, other)))
                .sorted()
                .toList();
    }

    private static boolean isAtOrBelow(String path, String above) {
        return path.equals(above) || path.startsWith(above + ".") || path.startsWith(above + "[");
    }
}
