package io.buildkitefleet.rules;

import java.util.function.UnaryOperator;

/** One mistake in a sound plan, and the one rule that it breaks. */
record Mutation(String rule, String mistake, UnaryOperator<EditedPlan> change) {
    /** Another value, written as JSON. */
    static Mutation set(String rule, String resource, String json, Object... steps) {
        return new Mutation(
                rule, resource + " " + path(steps) + " = " + json, plan -> plan.with(resource, json, steps));
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
