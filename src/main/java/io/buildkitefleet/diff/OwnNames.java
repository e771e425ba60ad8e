package io.buildkitefleet.diff;

import io.buildkitefleet.config.FleetConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What two stacks are called: each by its name, by what its names begin with, and by its Google Cloud project. Names of
 * resources that differ in nothing else are the same.
 *
 * @param pairs the other stack's names, each to this stack's, without those that they share
 * @param baseProject the other stack's Google Cloud project
 * @param project this stack's
 */
public record OwnNames(Map<String, String> pairs, String baseProject, String project) {
    public OwnNames {
        pairs = Map.copyOf(pairs);
    }

    /** Those of two stacks. */
    public static OwnNames of(FleetConfig base, FleetConfig stack) {
        var pairs = new TreeMap<String, String>();
        pairs.put(base.stack(), stack.stack());
        pairs.put(base.name(), stack.name());
        pairs.put(base.project(), stack.project());
        // A local fleet is in no project.
        pairs.entrySet()
                .removeIf(pair -> pair.getKey().equals(pair.getValue())
                        || pair.getKey().isEmpty()
                        || pair.getValue().isEmpty());
        return new OwnNames(pairs, base.project(), stack.project());
    }

    /** Each as {@code dev and prod}, the longest first. */
    public List<String> sentences() {
        return Counterparts.longestFirst(pairs.keySet()).stream()
                .map(name -> name + " and " + pairs.get(name))
                .toList();
    }

    /**
     * Whether both names say the same. Where the other stack's says a name of its own, this stack's says its own, or
     * the same.
     */
    boolean areSame(String base, String stack) {
        return new Counterparts(pairs).areSame(base, stack);
    }

    /** What the other stack has under names, under those of this stack's that say the same. */
    <V> Map<String, V> asIn(Set<String> stack, Map<String, V> base) {
        return Counterparts.asIn(stack, base, this::areSame);
    }
}
