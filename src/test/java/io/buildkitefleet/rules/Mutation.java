package io.buildkitefleet.rules;

import io.buildkitefleet.pulumi.PropertyValues;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One mistake in a sound plan, and the rule that it breaks.
 *
 * @param beside rules that speak of it as well, as of what is missing and what names it
 * @param ground what has to be so first, which may break other rules
 * @param unknown the same place with a value that nobody knows before the update, where one value is the mistake
 */
record Mutation(
        String rule,
        String mistake,
        Set<String> beside,
        UnaryOperator<EditedPlan> ground,
        UnaryOperator<EditedPlan> change,
        Optional<UnaryOperator<EditedPlan>> unknown) {
    private static final String UNKNOWN = "\"" + PropertyValues.UNKNOWN + "\"";

    Mutation(String rule, String mistake, UnaryOperator<EditedPlan> change) {
        this(rule, mistake, Set.of(), UnaryOperator.identity(), change, Optional.empty());
    }

    /** The same mistake, where something else is so already. */
    Mutation where(UnaryOperator<EditedPlan> first) {
        return new Mutation(rule, mistake, beside, first, change, unknown);
    }

    /** The same mistake, which other rules see as well. */
    Mutation seenBy(String... others) {
        return new Mutation(rule, mistake, Set.of(others), ground, change, unknown);
    }

    /** Another value, written as JSON. */
    static Mutation set(String rule, String resource, String json, Object... steps) {
        return new Mutation(
                rule,
                resource + " " + path(steps) + " = " + json,
                Set.of(),
                UnaryOperator.identity(),
                plan -> plan.with(resource, json, steps),
                Optional.of(plan -> plan.with(resource, UNKNOWN, steps)));
    }

    /** A value left out. */
    static Mutation drop(String rule, String resource, Object... steps) {
        return new Mutation(rule, resource + " without " + path(steps), plan -> plan.without(resource, steps));
    }

    /** A resource left out. */
    static Mutation dropResource(String rule, String resource) {
        return new Mutation(rule, "no " + resource, plan -> plan.without(resource));
    }

    /** A resource more. */
    static Mutation add(String rule, String type, String json) {
        return new Mutation(rule, "a " + type, plan -> plan.and(type, "mistake", json));
    }

    private static String path(Object... steps) {
        var path = new StringBuilder();
        for (var step : steps) {
            path.append(path.length() == 0 ? "" : ".").append(step);
        }
        return path.toString();
    }

    @Override
    public String toString() {
        return rule + ": " + mistake;
    }
}
