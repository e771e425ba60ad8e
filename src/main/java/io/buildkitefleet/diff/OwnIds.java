package io.buildkitefleet.diff;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.Registration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the resources of two stacks are called in the cloud, where that differs in the stacks' {@link OwnNames} alone. A
 * text that differs in nothing else is a name, an id or a reference to one, and the same in both. The stack's bare name
 * in an image, a branch or a value that somebody wrote is none.
 *
 * @param pairs the ids of the other stack's, each to this stack's
 * @param project the other stack's Google Cloud project
 */
record OwnIds(Map<String, String> pairs, String project) {
    /** For a stack that is compared with itself. */
    static final OwnIds NONE = new OwnIds(Map.of(), "");

    /** Inputs that say what a resource is called; those of Google's end in Id where they are no name. */
    private static final Pattern NAMING = Pattern.compile("name|[a-z][A-Za-z]*Id");

    private static final String METADATA = "metadata";

    OwnIds {
        pairs = Map.copyOf(pairs);
    }

    /**
     * Those of resources that are the same in both.
     *
     * @param base the other stack's resources, by the key under which this stack has them
     */
    static OwnIds of(OwnNames names, Map<String, Registration> base, Map<String, Registration> stack) {
        var pairs = new TreeMap<String, String>();
        base.forEach((key, there) -> {
            var here = stack.get(key);
            if (here != null) {
                pairs.putAll(ids(names, there.inputs(), here.inputs()));
            }
        });
        if (!names.baseProject().equals(names.project())) {
            pairs.put(names.baseProject(), names.project());
        }
        return new OwnIds(pairs, names.baseProject());
    }

    private static Map<String, String> ids(OwnNames names, JsonObject base, JsonObject stack) {
        var pairs = new TreeMap<String, String>();
        base.asMap().forEach((key, value) -> {
            if (NAMING.matcher(key).matches()) {
                put(pairs, names, value, stack.get(key));
            } else if (key.equals(METADATA) && value instanceof JsonObject there) {
                var here = stack.get(key) instanceof JsonObject object ? object : new JsonObject();
                Stream.of("name", "namespace").forEach(part -> put(pairs, names, there.get(part), here.get(part)));
            }
        });
        return pairs;
    }

    private static void put(Map<String, String> pairs, OwnNames names, JsonElement base, JsonElement stack) {
        if (base instanceof JsonPrimitive there
                && stack instanceof JsonPrimitive here
                && there.isString()
                && here.isString()
                && !there.equals(here)
                && names.areSame(there.getAsString(), here.getAsString())) {
            pairs.put(there.getAsString(), here.getAsString());
        }
    }

    /** Whether an input says what its resource is called. */
    static boolean isNaming(String key) {
        return NAMING.matcher(key).matches() || key.equals(METADATA);
    }

    /**
     * Whether both texts say the same. Where the other stack's has an id of its own, this stack's has its own, or the
     * same.
     *
     * @param isReference whether the text is known to name resources. Else an id that others could have as well counts
     *     only beside that of the project
     */
    boolean areSame(String base, String stack, boolean isReference) {
        if (base.equals(stack)) {
            return true;
        }
        var ids = isReference || mentions(base, Set.of(project)) ? pairs.keySet() : ofTheProject();
        return !ids.isEmpty() && asPattern(base, ids).matcher(stack).matches();
    }

    /** What the other stack has under ids, under those of this stack's that say the same. */
    <V> Map<String, V> asIn(Set<String> stack, Map<String, V> base, boolean isReference) {
        var renamed = new LinkedHashMap<String, V>();
        base.forEach((name, value) -> renamed.put(
                stack.contains(name)
                        ? name
                        : stack.stream()
                                .filter(other -> !base.containsKey(other) && areSame(name, other, isReference))
                                .findFirst()
                                .orElse(name),
                value));
        return renamed;
    }

    /** The project, and what is nobody else's because its name is in it. */
    private Set<String> ofTheProject() {
        return pairs.keySet().stream()
                .filter(id -> mentions(id, Set.of(project)))
                .collect(Collectors.toSet());
    }

    private static boolean mentions(String text, Set<String> ids) {
        return found(text, ids).find();
    }

    private Pattern asPattern(String base, Set<String> ids) {
        var found = found(base, ids);
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

    /** Where a text has one of the ids and not a part of another name; the longest first. */
    private static Matcher found(String text, Set<String> ids) {
        var all = ids.stream()
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![A-Za-z0-9])(?:" + all + ")(?![A-Za-z0-9])").matcher(text);
    }
}
