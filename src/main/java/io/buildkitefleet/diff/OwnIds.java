package io.buildkitefleet.diff;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.Registration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
        var all = isReference || isOfTheProject(base);
        return new Counterparts(all ? pairs : ofTheProject()).areSame(base, stack);
    }

    /** What the other stack has under ids, under those of this stack's that say the same. */
    <V> Map<String, V> asIn(Set<String> stack, Map<String, V> base, boolean isReference) {
        return Counterparts.asIn(stack, base, (there, here) -> areSame(there, here, isReference));
    }

    /** The project, and what is nobody else's because its name is in it. */
    private Map<String, String> ofTheProject() {
        return pairs.entrySet().stream()
                .filter(pair -> isOfTheProject(pair.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean isOfTheProject(String text) {
        return Counterparts.found(text, Set.of(project)).find();
    }
}
