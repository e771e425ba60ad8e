package io.buildkitefleet.diff;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is called otherwise in another stack. It counts in a text where it is not a part of another name.
 *
 * @param pairs what the other stack calls it, each to what this stack does
 */
record Counterparts(Map<String, String> pairs) {
    /**
     * Whether both texts say the same. Where the other stack's has one of its own, this stack's has its own, or the
     * same.
     */
    boolean areSame(String base, String stack) {
        return base.equals(stack)
                || !pairs.isEmpty() && asPattern(base).matcher(stack).matches();
    }

    /** What the other stack has under texts, under those of this stack's that say the same. */
    static <V> Map<String, V> asIn(Set<String> stack, Map<String, V> base, BiPredicate<String, String> areSame) {
        var renamed = new LinkedHashMap<String, V>();
        base.forEach((name, value) -> renamed.put(
                stack.contains(name)
                        ? name
                        : stack.stream()
                                .filter(other -> !base.containsKey(other) && areSame.test(name, other))
                                .findFirst()
                                .orElse(name),
                value));
        return renamed;
    }

    /** What the other stack calls them. */
    static List<String> longestFirst(Set<String> names) {
        return names.stream()
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Where a text has one of the names. */
    static Matcher found(String text, Set<String> names) {
        var all = longestFirst(names).stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile("(?<![A-Za-z0-9])(?:" + all + ")(?![A-Za-z0-9])").matcher(text);
    }

    private Pattern asPattern(String base) {
        var found = found(base, pairs.keySet());
        var pattern = new StringBuilder();
        var from = 0;
        while (found.find()) {
            pattern.append(Pattern.quote(base.substring(from, found.start())))
                    .append("(?:")
                    .append(Pattern.quote(found.group()))
                    .append('|')
                    .append(Pattern.quote(pairs.get(found.group())))
                    .append(')');
            from = found.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(base.substring(from))).toString());
    }
}
