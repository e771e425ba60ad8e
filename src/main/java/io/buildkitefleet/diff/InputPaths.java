package io.buildkitefleet.diff;

import java.util.Collection;
import java.util.regex.Pattern;

/** Paths of inputs, compared without the places of lists: {@code taints[0].key} is {@code taints.key}. */
public final class InputPaths {
    private static final Pattern PLACE = Pattern.compile("\\[(?:\\d+|\\*|[\\w-]+=[^\\]]*)]");

    private InputPaths() {}

    /** Whether one of the paths is this one or lies above it. */
    public static boolean cover(Collection<String> paths, String path) {
        var plain = withoutPlaces(path);
        return paths.stream().map(InputPaths::withoutPlaces).anyMatch(above -> isAtOrBelow(plain, above));
    }

    /** The path of what stands under a name, as Pulumi writes it: names with marks of their own are quoted. */
    public static String below(String path, String name) {
        if (!name.matches("[\\w$-]+")) {
            return path + "[\"" + name.replace("\"", "\\\"") + "\"]";
        }
        return path.isEmpty() ? name : path + "." + name;
    }

    /** The input that a path leads into: {@code spec} of {@code spec.validations[3]}. */
    public static String input(String path) {
        return path.split("[.\\[]", 2)[0];
    }

    private static boolean isAtOrBelow(String path, String above) {
        return path.equals(above) || path.startsWith(above + ".") || path.startsWith(above + "[");
    }

    /** The path without the places of lists in it. */
    public static String withoutPlaces(String path) {
        return PLACE.matcher(path).replaceAll("");
    }
}
